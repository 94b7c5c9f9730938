package org.digitstream.dashboards.kafka;

import java.time.Duration;
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
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;

/** How many records were ever put to the dead-letter topics, each of which has one partition. */
final class DeadLetterCount implements BrokerProbe.Question {
  private static final long ANSWER_MILLIS = 2_000;
  private static final List<String> DEAD_LETTERS =
      List.of(
          Topics.deadLettersOf(Topics.AUDIO_CHUNKS),
          Topics.deadLettersOf(Topics.LOG_MEL_FRAMES),
          Topics.deadLettersOf(Topics.DIGIT_EVENTS));

  private final Admin admin;

  DeadLetterCount(KafkaConnection connection) {
    admin = Admin.create(connection.admin("digitstream-page-probe"));
  }

  @Override
  public long ask() throws BrokerUnreachableException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    DEAD_LETTERS.forEach(topic -> wanted.put(new TopicPartition(topic, 0), OffsetSpec.latest()));
    try {
      return admin
          .listOffsets(wanted)
          .all()
          .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
          .values()
          .stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new BrokerUnreachableException("nobody tells of dead letters", e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
