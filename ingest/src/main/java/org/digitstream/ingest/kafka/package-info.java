/**
 * How audio leaves for Kafka: {@link org.digitstream.ingest.kafka.KafkaAudioSink} publishes the
 * chunks that a source makes.
 */
package org.digitstream.ingest.kafka;
