package org.digitstream.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads one topic from the first record that is kept to where it ended when this was made:
 * committed records only, without a consumer group, as bytes. What comes meanwhile is not read, so
 * that it ends. A topic that is not there is read as an empty one.
 *
 * <p>One thread. Memory is that of one fetch.
 */
public final class TopicScan implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  /**
   * A scan of all that a topic holds now.
   *
   * @param connection how to reach the brokers
   * @param clientId what the brokers know this reader by
   * @param topic the topic
   */
  public TopicScan(KafkaConnection connection, String clientId, String topic) {
    consumer = consumer(connection, clientId);
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions != null && !partitions.isEmpty()) {
      List<TopicPartition> all =
          partitions.stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      begin(consumer.endOffsets(all));
    }
  }

  /**
   * A scan up to where an earlier one ended.
   *
   * @param ends {@link #ends()} of the earlier one
   */
  public TopicScan(KafkaConnection connection, String clientId, Map<TopicPartition, Long> ends) {
    consumer = consumer(connection, clientId);
    begin(ends);
  }

  private static Consumer<byte[], byte[]> consumer(KafkaConnection connection, String clientId) {
    Map<String, Object> properties = new HashMap<>(connection.consumer(clientId));
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void begin(Map<TopicPartition, Long> until) {
    ends.putAll(until);
    consumer.assign(ends.keySet());
    consumer.seekToBeginning(ends.keySet());
    ends.keySet().forEach(partition -> starts.put(partition, consumer.position(partition)));
  }

  /** The first offset that is kept, of each partition. */
  public Map<TopicPartition, Long> starts() {
    return Map.copyOf(starts);
  }

  /** The offset after the last record that is read, of each partition. */
  public Map<TopicPartition, Long> ends() {
    return Map.copyOf(ends);
  }

  /** Whether everything was read. */
  public boolean isDone() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** How much was read, 0 to 1. */
  public double fraction() {
    long first = sum(starts);
    long last = sum(ends);
    long now = ends.keySet().stream().mapToLong(consumer::position).sum();
    return last <= first ? 1 : Math.min(1, (double) (now - first) / (last - first));
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The next records; none for a while does not mean that it {@linkplain #isDone is done}. */
  public List<ConsumerRecord<byte[], byte[]>> next() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    if (!isDone()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.get(partition)) {
          records.add(record);
        }
      }
    }
    return records;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
