package org.digitstream.runtime.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.runtime.kafka.DeadLetter;
import org.digitstream.runtime.kafka.LatencyHeaders;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static final TopicPartition P0 = new TopicPartition(Topics.DIGIT_EVENTS, 0);
  private static final TopicPartition P1 = new TopicPartition(Topics.DIGIT_EVENTS, 1);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final DigitEvent SEVEN =
      new DigitEvent("s1", "a.wav", 0, 7, 100, 200, 16_000, 0.9f, List.of(), "m");

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ReceivedEvent> received = new CopyOnWriteArrayList<>();
  private final Clock clock = Clock.fixed(Instant.ofEpochSecond(5), ZoneOffset.UTC);
  private EventReader reader;

  @BeforeEach
  void topic() {
    consumer.updatePartitions(
        Topics.DIGIT_EVENTS,
        List.of(
            new PartitionInfo(Topics.DIGIT_EVENTS, 0, Node.noNode(), null, null),
            new PartitionInfo(Topics.DIGIT_EVENTS, 1, Node.noNode(), null, null)));
    consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    consumer.updateEndOffsets(Map.of(P0, 10L, P1, 20L));
  }

  @AfterEach
  void close() {
    if (reader != null) {
      reader.close();
    }
  }

  @Test
  void everyPartitionIsReadFromTheEndForLatest() throws Exception {
    start(ReadFrom.latest(), received::add);
    assertThat(consumer.assignment()).containsExactlyInAnyOrder(P0, P1);
    add(record(P0, 3, "s1", SEVEN));
    add(record(P1, 20, "s1", SEVEN));
    await().atMost(SOON).until(() -> received.size() == 1);
    assertThat(received.get(0).partition()).isEqualTo(1);
    assertThat(received.get(0).offset()).isEqualTo(20);
  }

  @Test
  void eventsComeWithTheirStampsAndTheTimeOfReceipt() throws Exception {
    start(ReadFrom.earliest(), received::add);
    LatencyStamps stamps = new LatencyStamps(1, 2, 3);
    add(record(P0, 0, "s1", SEVEN, stamps));
    StreamEnd end = new StreamEnd("s1", "a.wav", 1, 300, 16_000, "m");
    add(record(P0, 1, "s1", end));
    await().atMost(SOON).until(() -> received.size() == 2);
    assertThat(received)
        .containsExactly(
            new ReceivedEvent(SEVEN, Optional.of(stamps), 5_000_000, 0, 0),
            new ReceivedEvent(end, Optional.empty(), 5_000_000, 0, 1));
  }

  @Test
  void whatIsNoEventIsCountedAndCopiedAndReadingGoesOn() throws Exception {
    start(ReadFrom.earliest(), received::add);
    byte[] garbage = "{not json".getBytes(StandardCharsets.UTF_8);
    add(raw(P0, 0, "s1", garbage));
    add(raw(P0, 1, "s1", null));
    add(raw(P0, 2, null, new StreamEventCodec().encode(SEVEN)));
    add(record(P0, 3, "other", SEVEN));
    add(record(P0, 4, "s1", SEVEN));
    await().atMost(SOON).until(() -> received.size() == 1);
    assertThat(producer.history())
        .extracting(letter -> header(letter, DeadLetter.REASON))
        .containsExactly("malformed", "no-value", "no-key", "key-mismatch");
    ProducerRecord<byte[], byte[]> first = producer.history().get(0);
    assertThat(first.topic()).isEqualTo("digit-events-dead-letters");
    assertThat(first.value()).isEqualTo(garbage);
    assertThat(header(first, DeadLetter.ORIGIN_OFFSET)).isEqualTo("0");
    assertThat(registry.get(Meters.DEAD_LETTERS).tag("reason", "malformed").counter().count())
        .isEqualTo(1);
  }

  @Test
  void oneMoreListenerSeesWhatComesWhileItIsThere() throws Exception {
    start(ReadFrom.earliest(), received::add);
    List<ReceivedEvent> alsoReceived = new CopyOnWriteArrayList<>();
    EventReader.Listener other = alsoReceived::add;
    reader.add(other);
    add(record(P0, 0, "s1", SEVEN));
    await().atMost(SOON).until(() -> received.size() == 1 && alsoReceived.size() == 1);
    reader.remove(other);
    add(record(P0, 1, "s1", SEVEN));
    await().atMost(SOON).until(() -> received.size() == 2);
    assertThat(alsoReceived).isEqualTo(received.subList(0, 1));
  }

  @Test
  void aBrokerThatIsAwayForAMomentIsWaitedFor() throws Exception {
    start(ReadFrom.earliest(), received::add);
    consumer.schedulePollTask(
        () -> consumer.setPollException(new DisconnectException("the broker went away")));
    add(record(P0, 0, "s1", SEVEN));
    await().atMost(SOON).until(() -> received.size() == 1);
    assertThat(reader.failure()).isEmpty();
  }

  @Test
  void aListenerThatThrowsStopsTheReaderVisibly() throws Exception {
    start(
        ReadFrom.earliest(),
        event -> {
          throw new IllegalStateException("bug");
        });
    add(record(P0, 0, "s1", SEVEN));
    await().atMost(SOON).until(() -> reader.failure().isPresent());
    assertThat(reader.failure().orElseThrow()).hasMessage("bug");
    await().atMost(SOON).until(consumer::closed);
  }

  @Test
  void closingClosesTheConsumerEvenWithoutAnyRecord() throws Exception {
    start(ReadFrom.latest(), received::add);
    reader.close();
    assertThat(consumer.closed()).isTrue();
    assertThat(reader.failure()).isEmpty();
  }

  @Test
  void aTopicThatIsMissingIsNamed() {
    consumer.updatePartitions(Topics.DIGIT_EVENTS, List.of());
    reader = reader(ReadFrom.latest(), received::add);
    reader.start();
    assertThatThrownBy(() -> reader.awaitAssigned(Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining(Topics.DIGIT_EVENTS);
  }

  private void start(ReadFrom from, EventReader.Listener listener) throws Exception {
    reader = reader(from, listener);
    reader.start();
    reader.awaitAssigned(SOON);
  }

  private EventReader reader(ReadFrom from, EventReader.Listener listener) {
    return new EventReader(
        consumer,
        () -> producer,
        from,
        listener,
        new Meters(registry, "test"),
        clock,
        Duration.ofMillis(5));
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    consumer.schedulePollTask(() -> consumer.addRecord(record));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition,
      long offset,
      String key,
      StreamEvent event,
      LatencyStamps... stamps) {
    ConsumerRecord<byte[], byte[]> record =
        raw(partition, offset, key, new StreamEventCodec().encode(event));
    for (LatencyStamps stamp : stamps) {
      LatencyHeaders.write(stamp, record.headers());
    }
    return record;
  }

  private static ConsumerRecord<byte[], byte[]> raw(
      TopicPartition partition, long offset, String key, byte[] value) {
    Headers headers = new RecordHeaders();
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        0,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value,
        headers,
        Optional.empty());
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
