/** Trains the network: what it is taught with, how fast it learns, and what comes out. */
package org.digitstream.training.network;
