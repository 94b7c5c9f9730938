package org.digitstream.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.digitstream.standalone.ChildProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten writers end transactions over a hundred partitions as fast as they can while the broker stops
 * or dies. When it is back, each transaction is over in every partition (Kafka must not have taken
 * partitions without leaders for deleted, and left them without marks), and what was committed is
 * there.
 */
class RestartedBrokerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int LIVES = 3;
  private static final int WRITERS = 10;
  private static final List<TopicPartition> PARTITIONS =
      IntStream.range(0, 100).mapToObj(i -> new TopicPartition("t", i)).toList();

  @TempDir Path temporary;

  @Test
  void aBrokerThatIsStoppedLeavesNoTransactionOpenAndLosesNone() throws Exception {
    Path data = temporary.resolve("data");
    long committed = 0;
    int port = 0;
    for (int life = 0; life < LIVES; life++) {
      try (EmbeddedBroker broker = EmbeddedBroker.startKeeping(port, data)) {
        port = port(broker.bootstrapServers());
        List<TransactionalWriter> writers =
            checkedAndWritten(broker.bootstrapServers(), life, committed);
        broker.close();
        committed += stopped(writers);
      }
    }
  }

  @Test
  void neitherDoesOneThatIsKilled() throws Exception {
    Path data = temporary.resolve("data");
    long committed = 0;
    int port = 0;
    for (int life = 0; life < LIVES; life++) {
      try (ChildProgram broker =
          ChildProgram.start(
              "broker", "--port", Integer.toString(port), "--data-dir", data.toString())) {
        String servers = broker.await("broker at (\\S+),");
        port = port(servers);
        List<TransactionalWriter> writers = checkedAndWritten(servers, life, committed);
        broker.kill();
        committed += stopped(writers);
      }
    }
  }

  private static int port(String servers) {
    return Integer.parseInt(servers.split(":")[1]);
  }

  private static List<TransactionalWriter> checkedAndWritten(
      String servers, int life, long committed) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      if (life == 0) {
        admin
            .createTopics(List.of(new NewTopic("t", PARTITIONS.size(), (short) 1)))
            .all()
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } else {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(openTransactions(admin)).isEmpty());
        // A commit of which the writer did not hear any more counts as well.
        assertThat(committedRecords(servers))
            .containsOnlyKeys(PARTITIONS)
            .allSatisfy(
                (partition, records) ->
                    assertThat(records).isBetween(committed, committed + life * WRITERS));
      }
    }
    List<TransactionalWriter> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(TransactionalWriter.start(servers, "writer-" + life + "-" + i, PARTITIONS));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> writers.stream().allMatch(writer -> writer.committed() > 20));
    return writers;
  }

  private static long stopped(List<TransactionalWriter> writers) throws InterruptedException {
    long committed = 0;
    for (TransactionalWriter writer : writers) {
      writer.stop();
      committed += writer.committed();
    }
    return committed;
  }

  /** Where what is committed ends, of partitions in which a transaction is still open. */
  private static Map<TopicPartition, Long> openTransactions(Admin admin) throws Exception {
    Map<TopicPartition, Long> committed = ends(admin, IsolationLevel.READ_COMMITTED);
    committed.entrySet().removeAll(ends(admin, IsolationLevel.READ_UNCOMMITTED).entrySet());
    return committed;
  }

  private static Map<TopicPartition, Long> ends(Admin admin, IsolationLevel isolation)
      throws Exception {
    return admin
        .listOffsets(
            PARTITIONS.stream()
                .collect(Collectors.toMap(partition -> partition, p -> OffsetSpec.latest())),
            new ListOffsetsOptions(isolation))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  /** How many records a reader of committed ones sees in each partition. */
  private static Map<TopicPartition, Long> committedRecords(String servers) {
    Map<TopicPartition, Long> counts = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(PARTITIONS);
      consumer.seekToBeginning(PARTITIONS);
      Map<TopicPartition, Long> ends = consumer.endOffsets(PARTITIONS);
      while (PARTITIONS.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(
                record ->
                    counts.merge(
                        new TopicPartition(record.topic(), record.partition()), 1L, Long::sum));
      }
    }
    return counts;
  }
}
