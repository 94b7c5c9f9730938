/** The inference module. */
package org.digitstream.inference;
