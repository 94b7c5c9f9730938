package org.digitstream.standalone.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker really carries records, transactions included, and leaves nothing behind. */
class EmbeddedBrokerIT {
  @TempDir Path temporary;

  @Test
  void carriesTransactionsAndLeavesNothingBehind() throws Exception {
    Path data;
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, temporary)) {
      data = broker.dataFolder();
      Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(connection)) {
        admin
            .createTopics(List.of(new NewTopic("t", 1, (short) 1)))
            .all()
            .get(20, TimeUnit.SECONDS);
      }
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "id"),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("t", "hello".getBytes(UTF_8))).get(20, TimeUnit.SECONDS);
        producer.commitTransaction();
      }
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  broker.bootstrapServers(),
                  "isolation.level",
                  "read_committed"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())) {
        TopicPartition partition = new TopicPartition("t", 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(20));
        assertThat(records)
            .singleElement()
            .satisfies(record -> assertThat(record.value()).asString(UTF_8).isEqualTo("hello"));
      }
    }
    assertThat(data).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void whatAStoppedBrokerHeldIsThereWhenItIsStartedAgain() throws Exception {
    Path data = temporary.resolve("data");
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.startKeeping(0, data)) {
      port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin
            .createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
            .all()
            .get(20, TimeUnit.SECONDS);
      }
    }
    try (EmbeddedBroker again = EmbeddedBroker.startKeeping(port, data);
        Admin admin = Admin.create(Map.of("bootstrap.servers", again.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("kept");
    }
    assertThat(data).isNotEmptyDirectory();
  }

  /** Its abort must not come before the broker knows that it leads the partition. */
  @Test
  void aTransactionThatNobodyEndsDoesNotBlockReadersAfterABrokersRestart() throws Exception {
    Path data = temporary.resolve("data");
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.startKeeping(0, data)) {
      port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin
            .createTopics(List.of(new NewTopic("t", 1, (short) 1)))
            .all()
            .get(20, TimeUnit.SECONDS);
      }
      KafkaProducer<byte[], byte[]> dead =
          new KafkaProducer<>(
              Map.of(
                  "bootstrap.servers",
                  broker.bootstrapServers(),
                  "transactional.id",
                  "dead",
                  "transaction.timeout.ms",
                  1000),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      dead.initTransactions();
      dead.beginTransaction();
      dead.send(new ProducerRecord<>("t", "begun".getBytes(UTF_8))).get(20, TimeUnit.SECONDS);
      broker.close();
      dead.close(Duration.ZERO);
    }
    try (EmbeddedBroker again = EmbeddedBroker.startKeeping(port, data);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", again.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    again.bootstrapServers(),
                    "isolation.level",
                    "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      producer.send(new ProducerRecord<>("t", "after".getBytes(UTF_8))).get(60, TimeUnit.SECONDS);
      TopicPartition partition = new TopicPartition("t", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> seen = new ArrayList<>();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (seen.isEmpty() && System.nanoTime() < end) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(record -> seen.add(new String(record.value(), UTF_8)));
      }
      assertThat(seen).containsExactly("after");
    }
  }

  /** Kafka must not take partitions without leaders for deleted, and leave them without markers. */
  @Test
  void transactionsThatARestartInterruptsAreEndedInAllPartitions() throws Exception {
    Path data = temporary.resolve("data");
    List<TopicPartition> partitions =
        IntStream.range(0, 100).mapToObj(i -> new TopicPartition("t", i)).toList();
    int port = 0;
    for (int life = 0; life < 4; life++) {
      try (EmbeddedBroker broker = EmbeddedBroker.startKeeping(port, data);
          Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
        if (life == 0) {
          admin
              .createTopics(List.of(new NewTopic("t", partitions.size(), (short) 1)))
              .all()
              .get(20, TimeUnit.SECONDS);
        } else {
          await()
              .atMost(Duration.ofMinutes(1))
              .untilAsserted(() -> assertThat(openOffsets(admin, partitions)).isEmpty());
        }
        if (life < 3) {
          List<TransactionalWriter> writers = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            writers.add(TransactionalWriter.start(broker, life + "-" + i, partitions));
          }
          await().until(() -> writers.stream().allMatch(writer -> writer.committed() > 20));
          broker.close();
          for (TransactionalWriter writer : writers) {
            writer.stop();
          }
        }
      }
    }
  }

  /** Where what is committed ends, of partitions in which a transaction is still open. */
  private static Map<TopicPartition, Long> openOffsets(Admin admin, List<TopicPartition> partitions)
      throws Exception {
    Map<TopicPartition, Long> committed = ends(admin, partitions, IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> all = ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED);
    committed.entrySet().removeAll(all.entrySet());
    return committed;
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, List<TopicPartition> partitions, IsolationLevel isolation) throws Exception {
    return admin
        .listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(partition -> partition, p -> OffsetSpec.latest())),
            new ListOffsetsOptions(isolation))
        .all()
        .get(20, TimeUnit.SECONDS)
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  @Test
  void aFolderWithOtherFilesIsRefusedAndLeftAsItIs() throws Exception {
    Path mine = Files.writeString(temporary.resolve("mine.txt"), "mine");

    assertThatThrownBy(() -> EmbeddedBroker.startKeeping(0, temporary))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("holds other files");
    assertThat(temporary).isDirectoryContaining(mine::equals);
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.start(port, temporary))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("port " + port + " is taken");
    }
    assertThat(temporary).isEmptyDirectory();
  }
}
