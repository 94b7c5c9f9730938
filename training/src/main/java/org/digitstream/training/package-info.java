/**
 * Offline training. {@code corpus} reads speech, {@code augmentation} strings it together into
 * strips, {@code network} trains on them, {@code evaluation} says how good the result is by running
 * the very classes of the stream. No Kafka anywhere.
 */
package org.digitstream.training;
