package org.digitstream.standalone.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
