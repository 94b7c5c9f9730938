package org.digitstream.runtime.streams;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.ProcessingGuarantee;

/** What a Kafka Streams application is set to, and why. */
final class StreamsProperties {
  /** A stream takes about 30 KB in inference and 2 KB in features. */
  private static final long CACHE_BYTES = 32L << 20;

  private StreamsProperties() {}

  /** All properties; those that the user gave with the connection win. */
  static Map<String, Object> of(KafkaConnection connection, StreamsOptions options) {
    Map<String, Object> properties = new HashMap<>();
    ProcessingGuarantee guarantee = options.guarantee();
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee.kafkaName());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, guarantee.commitInterval().toMillis());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, options.stateFolder().toString());
    // What a stream keeps is overwritten with each of its records. What has not left with a commit
    // need not go to the changelog: it is the last value alone that a restart begins with.
    properties.put(
        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
        guarantee == ProcessingGuarantee.EXACTLY_ONCE ? 0 : CACHE_BYTES);
    // A commit is only looked for between polls, so that a poll must not outlast the interval.
    properties.put(
        StreamsConfig.POLL_MS_CONFIG,
        Math.max(10, Math.min(100, guarantee.commitInterval().toMillis())));
    // A task reads one partition, so there is none to wait for; Kafka looks for it all the same,
    // and
    // writes a text about it for each record.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
    // The default is to linger for 100 ms.
    properties.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    properties.put(producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
    // The transaction of a process that died blocks readers of committed records for this long.
    if (guarantee == ProcessingGuarantee.EXACTLY_ONCE) {
      properties.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 5_000);
      // Of several requests on their way, the broker may check a later one's transaction first: it
      // then refuses it as out of order, logs an error, and the retry costs 100 ms.
      properties.put(producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    }
    // The partitions of a process that died stand still for this long; the broker's least value.
    properties.put(consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    properties.put(consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);

    properties.putAll(connection.streams(options.applicationId()));
    return properties;
  }
}
