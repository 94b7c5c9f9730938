/** Spectrograms and the results of evaluations as pictures. */
package org.digitstream.standalone.picture;
