/** Speech corpora: who says what, and where in the recording. */
package org.digitstream.training.corpus;
