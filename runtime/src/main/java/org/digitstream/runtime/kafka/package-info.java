/**
 * How a broker is reached ({@link org.digitstream.runtime.kafka.KafkaConnection}), which topics
 * exist ({@link org.digitstream.runtime.kafka.TopicProvisioner}), and what travels in record
 * headers.
 */
package org.digitstream.runtime.kafka;
