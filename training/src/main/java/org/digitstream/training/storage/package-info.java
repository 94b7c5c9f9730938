/** How the training keeps what it must not lose. */
package org.digitstream.training.storage;
