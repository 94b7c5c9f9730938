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
import org.apache.kafka.common.TopicPartition;
import org.digitstream.contract.Topics;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.GroupLag;
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
  private final List<WatchedService> services;
  private final List<GroupLag> lags;
  private long deadLettersAtFirst = -1;

  /**
   * Connects.
   *
   * @param services whose lag is asked for
   */
  BrokerProbe(KafkaConnection connection, List<WatchedService> services) {
    this.admin = Admin.create(connection.admin("digitstream-page-probe"));
    this.services = List.copyOf(services);
    this.lags = services.stream().map(one -> new GroupLag(connection, one.groupId())).toList();
  }

  /** Asks, and sets the gauges. */
  void ask(Gauges gauges) throws InterruptedException {
    try {
      List<Gauges.Lag> current = new ArrayList<>();
      for (int i = 0; i < services.size(); i++) {
        long records =
            lags.get(i).of(services.get(i).topic()).values().stream().mapToLong(l -> l).sum();
        current.add(new Gauges.Lag(services.get(i).name(), records));
      }
      long deadLetters = deadLetters();
      if (deadLettersAtFirst < 0) {
        deadLettersAtFirst = deadLetters;
      }
      gauges.broker(true, current, deadLetters - deadLettersAtFirst);
    } catch (ExecutionException | TimeoutException | BrokerUnreachableException e) {
      gauges.broker(false, List.of(), 0);
    }
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
    lags.forEach(GroupLag::close);
    admin.close(Duration.ofSeconds(1));
  }
}
