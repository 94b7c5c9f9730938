/**
 * One Kafka Streams application ({@link org.digitstream.runtime.streams.StreamsService}) and the
 * door that its records come in by ({@link org.digitstream.runtime.streams.RecordIntake}).
 */
package org.digitstream.runtime.streams;
