/**
 * From frames to digits, one stream at a time, without Kafka: {@link
 * org.digitstream.inference.spotting.StreamRecognizer} cuts the frames into blocks and calls the
 * network, {@link org.digitstream.inference.spotting.DigitSpotter} turns its probabilities into
 * digits.
 */
package org.digitstream.inference.spotting;
