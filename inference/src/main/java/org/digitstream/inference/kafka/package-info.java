/**
 * The inference service: log-mel frames in, digit events out, as a Kafka Streams topology around
 * {@link org.digitstream.inference.spotting.StreamRecognizer}. Start reading at {@link
 * org.digitstream.inference.kafka.InferenceTopology}.
 */
package org.digitstream.inference.kafka;
