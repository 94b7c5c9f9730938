package org.digitstream.standalone.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a record into each partition, commits, and begins again, in a thread of its own: so that
 * nearly always a transaction is about to be ended.
 */
final class TransactionalWriter {
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<TopicPartition> partitions;
  private final AtomicLong committed = new AtomicLong();
  private final Thread thread = new Thread(this::run, "transactional-writer");
  private volatile boolean stopping;

  private TransactionalWriter(
      String servers, String transactionalId, List<TopicPartition> partitions) {
    this.partitions = partitions;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "transactional.id",
                transactionalId,
                "transaction.timeout.ms",
                1000,
                "max.block.ms",
                2000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
  }

  static TransactionalWriter start(
      String servers, String transactionalId, List<TopicPartition> partitions) {
    TransactionalWriter writer = new TransactionalWriter(servers, transactionalId, partitions);
    writer.producer.initTransactions();
    writer.thread.start();
    return writer;
  }

  /** How many transactions it has ended so far. */
  long committed() {
    return committed.get();
  }

  private void run() {
    try {
      while (!stopping) {
        producer.beginTransaction();
        for (TopicPartition partition : partitions) {
          producer.send(
              new ProducerRecord<>(
                  partition.topic(), partition.partition(), new byte[0], new byte[100]));
        }
        producer.commitTransaction();
        committed.incrementAndGet();
      }
    } catch (KafkaException | IllegalStateException e) {
      // The broker has gone, or stop() has closed the producer: that is what it is here for.
      stopping = true;
    }
  }

  /** Ends without ending what is under way. */
  void stop() throws InterruptedException {
    stopping = true;
    producer.close(Duration.ZERO);
    thread.join();
  }
}
