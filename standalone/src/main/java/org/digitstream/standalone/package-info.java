/**
 * The command line, and everything in one JVM.
 *
 * <p>{@link org.digitstream.standalone.Main} is the door; one class per command lies in {@code
 * command}. {@code broker} is a Kafka broker in this process, {@code pipeline} wires the services
 * to a broker, {@code replay} scores and times what came out, {@code picture} draws spectrograms
 * and {@code console} talks to the person at the terminal.
 */
package org.digitstream.standalone;
