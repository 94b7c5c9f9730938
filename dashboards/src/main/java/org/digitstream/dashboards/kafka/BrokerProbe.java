package org.digitstream.dashboards.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.digitstream.contract.Topics;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.runtime.kafka.KafkaConnection;

/**
 * Asks the broker what the services have not read yet, as far as they have said so (committed), and
 * how many records lie in the dead-letter topics. One thread.
 */
final class BrokerProbe implements AutoCloseable {
  private static final long ANSWER_MILLIS = 2_000;
  private static final List<String> DEAD_LETTERS =
      List.of(
          Topics.deadLettersOf(Topics.AUDIO_CHUNKS),
          Topics.deadLettersOf(Topics.LOG_MEL_FRAMES),
          Topics.deadLettersOf(Topics.DIGIT_EVENTS));

  private final Admin admin;
  private final Map<String, String> serviceByGroup;
  private long deadLettersAtFirst = -1;

  /**
   * Connects.
   *
   * @param serviceByGroup what the services' consumer groups are called for people
   */
  BrokerProbe(KafkaConnection connection, Map<String, String> serviceByGroup) {
    this(Admin.create(connection.admin("digitstream-page-probe")), serviceByGroup);
  }

  BrokerProbe(Admin admin, Map<String, String> serviceByGroup) {
    this.admin = admin;
    this.serviceByGroup = serviceByGroup;
  }

  /** Asks, and sets the gauges. */
  void ask(Gauges gauges) throws InterruptedException {
    try {
      List<Gauges.Lag> lags = new ArrayList<>();
      for (Map.Entry<String, String> group : serviceByGroup.entrySet()) {
        lags.add(new Gauges.Lag(group.getValue(), lag(group.getKey())));
      }
      long deadLetters = deadLetters();
      if (deadLettersAtFirst < 0) {
        deadLettersAtFirst = deadLetters;
      }
      gauges.broker(true, lags, deadLetters - deadLettersAtFirst);
    } catch (ExecutionException | TimeoutException e) {
      gauges.broker(false, List.of(), 0);
    }
  }

  private long lag(String group) throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    committed.forEach((partition, offset) -> wanted.put(partition, OffsetSpec.latest()));
    long lag = 0;
    var ends = admin.listOffsets(wanted).all().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    for (var end : ends.entrySet()) {
      OffsetAndMetadata offset = committed.get(end.getKey());
      lag += offset == null ? 0 : Math.max(0, end.getValue().offset() - offset.offset());
    }
    return lag;
  }

  private long deadLetters() throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    DEAD_LETTERS.forEach(topic -> wanted.put(new TopicPartition(topic, 0), OffsetSpec.latest()));
    long sum = 0;
    for (var end :
        admin.listOffsets(wanted).all().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS).values()) {
      sum += end.offset();
    }
    return sum;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
