package org.digitstream.runtime.events;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.kafka.DeadLetter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes dead letters with a producer that is made for the first one. Confined to one thread. */
final class LazyDeadLetters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LazyDeadLetters.class);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private Producer<byte[], byte[]> producer;
  private long count;

  LazyDeadLetters(Supplier<Producer<byte[], byte[]>> producers) {
    this.producers = producers;
  }

  /** Sends one; a failure is logged only, since the record is still where it came from. */
  void send(DeadLetter letter) {
    count++;
    if (Long.bitCount(count) == 1) {
      LOG.warn("put aside record {} so far: {}", count, letter.describe());
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.deadLettersOf(letter.topic()), letter.keptKey(), letter.keptValue());
    letter.writeTo(record.headers());
    try {
      if (producer == null) {
        producer = producers.get();
      }
      Future<RecordMetadata> unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure != null) {
                  LOG.warn("a dead letter could not be written: {}", failure.toString());
                }
              });
    } catch (KafkaException e) {
      LOG.warn("a dead letter could not be written: {}", e.toString());
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
