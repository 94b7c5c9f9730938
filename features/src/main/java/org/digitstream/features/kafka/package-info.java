/**
 * The features service: audio chunks in, log-mel frames out, as a Kafka Streams topology around
 * {@link org.digitstream.features.dsp.LogMelExtractor}. Start reading at {@link
 * org.digitstream.features.kafka.FeatureTopology}.
 */
package org.digitstream.features.kafka;
