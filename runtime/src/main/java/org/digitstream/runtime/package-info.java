/**
 * The shell that the services share, and everything in it that touches the world.
 *
 * <ul>
 *   <li>{@code kafka}: how a broker is reached, what topics exist, what goes into headers
 *   <li>{@code streams}: one Kafka Streams application, and dead letters
 *   <li>{@code events}: reading digit events back
 *   <li>{@code metrics}: every meter's name
 *   <li>{@code operations}: {@code /metrics} and {@code /health}
 * </ul>
 */
package org.digitstream.runtime;
