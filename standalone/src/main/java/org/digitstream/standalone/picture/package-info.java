/** Spectrograms as pictures. */
package org.digitstream.standalone.picture;
