package org.digitstream.runtime.events;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.DeadLetter;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.LatencyHeaders;
import org.digitstream.runtime.metrics.KafkaMeters;
import org.digitstream.runtime.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every event of the topic {@code digit-events} to its listeners, in the order of each
 * stream.
 *
 * <p>Reads all partitions without a consumer group, so that any number of readers each see
 * everything, and committed events only. Bytes that are no event are counted and copied to {@code
 * digit-events-dead-letters}, and reading goes on. A broker that is away is waited for.
 *
 * <p>Listeners are called by the reader's own thread, one event at a time. An exception of a
 * listener's is a bug: it stops the reader, and {@link #failure()} tells it.
 */
public final class EventReader implements AutoCloseable {
  /** Takes the events. */
  @FunctionalInterface
  public interface Listener {
    /** Called for each event, by the reader's thread. */
    void received(ReceivedEvent event);
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long RETRY_MILLIS = 200;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final RecordCodec<StreamEvent> codec = new StreamEventCodec();
  private final Consumer<byte[], byte[]> consumer;
  private final LazyDeadLetters deadLetters;
  private final ReadFrom from;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Meters meters;
  private final KafkaMeters kafkaMeters;
  private final Clock clock;
  private final long gatherMillis;
  private final CountDownLatch assignedOrFailed = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closing;
  private long lastMillis;

  /**
   * A reader that is not started yet.
   *
   * @param connection how to reach the brokers
   * @param from where to begin
   * @param listener takes the events
   * @param meters counts what cannot be read, and shows the consumer's own meters while this is
   *     open
   * @param clock stamps what is received
   */
  public EventReader(
      KafkaConnection connection, ReadFrom from, Listener listener, Meters meters, Clock clock) {
    this(connection, from, listener, meters, clock, Duration.ZERO);
  }

  /**
   * A reader that is not started yet, and does not ask for each event by itself where there are
   * many.
   *
   * @param connection how to reach the brokers
   * @param from where to begin
   * @param listener takes the events
   * @param meters counts what cannot be read, and shows the consumer's own meters while this is
   *     open
   * @param clock stamps what is received
   * @param gather where events come again within twice this time, those of this time are fetched
   *     together, and so come later by at most as much
   */
  public EventReader(
      KafkaConnection connection,
      ReadFrom from,
      Listener listener,
      Meters meters,
      Clock clock,
      Duration gather) {
    this(
        new KafkaConsumer<>(
            consumerProperties(connection),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()),
        () ->
            new KafkaProducer<>(
                producerProperties(connection),
                new ByteArraySerializer(),
                new ByteArraySerializer()),
        from,
        listener,
        meters,
        clock,
        gather);
  }

  EventReader(
      Consumer<byte[], byte[]> consumer,
      Supplier<Producer<byte[], byte[]>> producer,
      ReadFrom from,
      Listener listener,
      Meters meters,
      Clock clock,
      Duration gather) {
    this.consumer = consumer;
    this.gatherMillis = gather.toMillis();
    this.deadLetters = new LazyDeadLetters(producer);
    this.from = from;
    listeners.add(listener);
    this.meters = meters.deadLettersFromZero(Topics.DIGIT_EVENTS);
    this.kafkaMeters = KafkaMeters.of(consumer, meters);
    this.clock = clock;
    this.thread = new Thread(this::run, "event-reader");
    thread.setDaemon(true);
  }

  /**
   * Gives what is read from now on to one more listener as well: to read the topic once for two is
   * what the broker likes better. Any thread.
   *
   * @param listener called after those that came before it
   */
  public void add(Listener listener) {
    listeners.add(listener);
  }

  /** Gives a listener nothing any more, but an event that it may be looking at. Any thread. */
  public void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** Begins to read; returns at once. To be called once. */
  public void start() {
    thread.start();
  }

  /**
   * Returns once the reader knows its place in every partition: whatever is written from now on
   * will be received.
   *
   * @throws TimeoutException if it does not by the end of the timeout, naming the topic
   * @throws IllegalStateException if the reader has failed
   * @throws InterruptedException if interrupted meanwhile
   */
  public void awaitAssigned(Duration timeout) throws InterruptedException, TimeoutException {
    if (!assignedOrFailed.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException(
          "no place in the topic "
              + Topics.DIGIT_EVENTS
              + " was found within "
              + timeout.toSeconds()
              + " s; check that the topic exists and that the broker is healthy");
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("the event reader stopped: " + cause.getMessage(), cause);
    }
  }

  /** What stopped the reader, if anything did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Stops reading, at once unless a listener is busy. Closing again does nothing. */
  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    if (thread.getState() == Thread.State.NEW) {
      closeClients();
    } else if (Thread.currentThread() != thread) {
      try {
        thread.join(CLOSE_TIMEOUT.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      retryWhileBrokerIsAway(
          () -> {
            assign();
            return true;
          });
      assignedOrFailed.countDown();
      while (!closing) {
        Optional<ConsumerRecords<byte[], byte[]>> records =
            retryWhileBrokerIsAway(() -> consumer.poll(POLL));
        if (records.isPresent() && !records.get().isEmpty()) {
          read(records.get());
          gather();
        }
      }
    } catch (WakeupException | InterruptException e) {
      LOG.debug("the event reader was told to stop", e);
    } catch (RuntimeException | Error e) {
      failure.set(e);
      AccessDenied.explain(e)
          .ifPresentOrElse(
              denied -> LOG.error("the event reader stops: {}", denied),
              () -> LOG.error("the event reader stops because of an error", e));
    } finally {
      assignedOrFailed.countDown();
      closeClients();
    }
  }

  private <T> Optional<T> retryWhileBrokerIsAway(Supplier<T> step) {
    while (!closing) {
      try {
        return Optional.of(step.get());
      } catch (RetriableException e) {
        LOG.debug("the event reader waits for the broker", e);
        pause(RETRY_MILLIS);
      }
    }
    return Optional.empty();
  }

  private void assign() {
    List<PartitionInfo> partitions = consumer.partitionsFor(Topics.DIGIT_EVENTS);
    if (partitions == null || partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("there is no topic " + Topics.DIGIT_EVENTS);
    }
    List<TopicPartition> all =
        partitions.stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(all);
    if (from instanceof ReadFrom.Earliest) {
      consumer.seekToBeginning(all);
    } else if (from instanceof ReadFrom.Latest) {
      consumer.seekToEnd(all);
    } else if (from instanceof ReadFrom.Since since) {
      seek(all, since.time());
    }
    // Seeking is lazy; asking for the position is not.
    all.forEach(consumer::position);
  }

  private void seek(List<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> wanted =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), partition -> time.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  private void gather() {
    long now = clock.millis();
    if (now - lastMillis < 2 * gatherMillis) {
      pause(gatherMillis);
    }
    lastMillis = now;
  }

  private void read(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (closing) {
        return;
      }
      read(record);
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    long receivedAtMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    if (record.value() == null) {
      putAside(record, DeadLetterReason.NO_VALUE, "the record has no value");
      return;
    }
    StreamEvent event;
    try {
      event = codec.decode(record.value());
    } catch (MalformedRecordException e) {
      putAside(record, DeadLetterReason.MALFORMED, e.getMessage());
      return;
    }
    if (!Arrays.equals(event.streamId().getBytes(StandardCharsets.UTF_8), record.key())) {
      putAside(
          record,
          record.key() == null ? DeadLetterReason.NO_KEY : DeadLetterReason.KEY_MISMATCH,
          "the key is not the record's stream id '" + event.streamId() + "'");
      return;
    }
    ReceivedEvent received =
        new ReceivedEvent(
            event,
            LatencyHeaders.read(record.headers()),
            receivedAtMicros,
            record.partition(),
            record.offset());
    listeners.forEach(listener -> listener.received(received));
  }

  private void putAside(
      ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String explanation) {
    meters.deadLetter(record.topic(), reason);
    deadLetters.send(
        new DeadLetter(
            record.topic(),
            record.partition(),
            record.offset(),
            record.key(),
            record.value(),
            record.headers(),
            reason,
            explanation));
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void closeClients() {
    kafkaMeters.close();
    deadLetters.close();
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }

  private static Map<String, Object> consumerProperties(KafkaConnection connection) {
    Map<String, Object> properties = connection.consumer("digitstream-events");
    // Without a group; and where events have been deleted meanwhile, on with what is kept.
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }

  private static Map<String, Object> producerProperties(KafkaConnection connection) {
    Map<String, Object> properties = connection.producer("digitstream-events-dead-letters");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    return properties;
  }
}
