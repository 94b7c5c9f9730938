/**
 * The engine of the stream: plain loops in Java that compilers turn into vector instructions. It
 * knows no DL4J, needs no native library, and gives the same bits on every machine.
 */
package org.digitstream.inference.model.kernel;
