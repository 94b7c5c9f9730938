package org.digitstream.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a consumer group is behind, as the brokers tell it: from its committed offsets to the
 * ends of the partitions. True also where the group's processes hang or are gone.
 *
 * <p>Any number of threads.
 */
public final class GroupLag implements AutoCloseable {
  private static final int ANSWER_MILLIS = 2_000;

  private final AdminClient admin;
  private final String groupId;
  private final String address;

  /**
   * Opens a connection of its own.
   *
   * @param connection how to reach the brokers
   * @param groupId the group; that of a Kafka Streams application is its application id
   */
  public GroupLag(KafkaConnection connection, String groupId) {
    this.admin = AdminClient.create(connection.admin(groupId + "-lag"));
    this.groupId = groupId;
    this.address = connection.bootstrapServers();
  }

  /** The client that asks. */
  public AdminClient admin() {
    return admin;
  }

  /**
   * The lag in every partition of a topic; see {@link #of(Collection)}.
   *
   * @throws BrokerUnreachableException where no broker answers within a few seconds, or there is no
   *     such topic
   * @throws InterruptedException if interrupted meanwhile
   */
  public Map<TopicPartition, Long> of(String topic)
      throws BrokerUnreachableException, InterruptedException {
    return of(
        answer(
                admin
                    .describeTopics(
                        List.of(topic), new DescribeTopicsOptions().timeoutMs(ANSWER_MILLIS))
                    .allTopicNames())
            .get(topic)
            .partitions()
            .stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  /**
   * The lag in some partitions: records from the committed offset to the last one that readers of
   * committed records may see. Where nothing was committed yet, all records that are kept.
   *
   * @throws BrokerUnreachableException where no broker answers within a few seconds
   * @throws InterruptedException if interrupted meanwhile
   */
  public Map<TopicPartition, Long> of(Collection<TopicPartition> partitions)
      throws BrokerUnreachableException, InterruptedException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    // Asked before the ends, so that what is committed meanwhile makes no lag below 0.
    Map<TopicPartition, Long> from = committed(partitions);
    List<TopicPartition> without =
        partitions.stream().filter(partition -> !from.containsKey(partition)).toList();
    from.putAll(offsets(without, OffsetSpec.earliest()));
    Map<TopicPartition, Long> lag = new HashMap<>();
    offsets(partitions, OffsetSpec.latest())
        .forEach((partition, end) -> lag.put(partition, Math.max(0, end - from.get(partition))));
    return lag;
  }

  private Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions)
      throws BrokerUnreachableException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> known =
        answer(
            admin
                .listConsumerGroupOffsets(
                    Map.of(groupId, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                    new ListConsumerGroupOffsetsOptions().timeoutMs(ANSWER_MILLIS))
                .partitionsToOffsetAndMetadata(groupId));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    known.forEach(
        (partition, offset) -> {
          if (offset != null) {
            offsets.put(partition, offset.offset());
          }
        });
    return offsets;
  }

  private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
      throws BrokerUnreachableException, InterruptedException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer(
            admin
                .listOffsets(
                    partitions.stream()
                        .collect(Collectors.toMap(Function.identity(), partition -> which)),
                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(ANSWER_MILLIS))
                .all())
        .forEach((partition, result) -> offsets.put(partition, result.offset()));
    return offsets;
  }

  private <T> T answer(KafkaFuture<T> future)
      throws BrokerUnreachableException, InterruptedException {
    try {
      return future.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new BrokerUnreachableException("no answer from " + address, e);
    } catch (ExecutionException e) {
      throw new BrokerUnreachableException(address + ": " + e.getCause().getMessage(), e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
