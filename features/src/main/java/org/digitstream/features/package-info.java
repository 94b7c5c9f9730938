/** The features module. */
package org.digitstream.features;
