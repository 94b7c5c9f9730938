/** The training module. */
package org.digitstream.training;
