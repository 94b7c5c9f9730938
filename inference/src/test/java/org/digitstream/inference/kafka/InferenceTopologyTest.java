package org.digitstream.inference.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.StreamSampler;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.runtime.kafka.DeadLetter;
import org.digitstream.runtime.kafka.LatencyHeaders;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceTopologyTest {
  private static final Duration IDLE = Duration.ofMinutes(15);
  private static final String MODEL_ID = Speech.MODEL.modelId() + "+listener";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Clock clock = Clock.fixed(Instant.ofEpochSecond(5), ZoneOffset.UTC);
  private final AtomicLong nanos = new AtomicLong();
  private final Speech.Listener listener = new Speech.Listener();
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          InferenceTopology.of(
              Speech.MODEL,
              () -> listener,
              IDLE,
              true,
              clock,
              () -> nanos.getAndAdd(TimeUnit.MILLISECONDS.toNanos(2)),
              new Meters(registry, "inference")),
          properties());
  private final TestInputTopic<byte[], byte[]> frames =
      driver.createInputTopic(
          Topics.LOG_MEL_FRAMES, new ByteArraySerializer(), new ByteArraySerializer());
  private final TestOutputTopic<byte[], byte[]> events = output(Topics.DIGIT_EVENTS);
  private final TestOutputTopic<byte[], byte[]> posteriors = output(Topics.DIGIT_POSTERIORS);
  private final TestOutputTopic<byte[], byte[]> deadLetters =
      output(Topics.deadLettersOf(Topics.LOG_MEL_FRAMES));
  private final float[] speech = Speech.frames(7, 7, 0, 9);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void digitsComeInOrderAndThenTheEnd() throws Exception {
    sendAll("s", 2);
    List<StreamEvent> received = received();
    assertThat(digits(received)).containsExactly(7, 7, 0, 9);
    assertThat(received.get(received.size() - 1))
        .isEqualTo(new StreamEnd("s", "a.wav", 4, nextSample(frameCount()), 16_000, MODEL_ID));
    assertThat(received).filteredOn(DigitEvent.class::isInstance).hasSize(4);
    DigitEvent first = (DigitEvent) received.get(0);
    assertThat(first.index()).isZero();
    assertThat(first.modelId()).isEqualTo(MODEL_ID);
    assertThat(first.source()).isEqualTo("a.wav");
    assertThat(count(Meters.EVENTS, "digit", "7")).isEqualTo(2);
    assertThat(count(Meters.WINDOWS)).isGreaterThan(0);
    assertThat(registry.get(Meters.INFERENCE).timer().mean(TimeUnit.MILLISECONDS)).isEqualTo(2);
  }

  @Test
  void whatTheNetworkGivesOutGoesBesideTheEventsTenTimesASecond() throws Exception {
    int half = frameCount() / 2;
    sendAll("s", 0, half, 2);
    assertThat(posteriors.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofMillis(100));
    assertThat(posteriors.getQueueSize()).isEqualTo(1);
    sendAll("s", half, frameCount(), 2);
    driver.advanceWallClockTime(Duration.ofMillis(100));
    assertThat(posteriors.getQueueSize()).isEqualTo(2);
    DigitPosteriorsCodec codec = new DigitPosteriorsCodec();
    List<DigitPosteriors> all = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : posteriors.readRecordsToList()) {
      assertThat(record.key()).isEqualTo(bytes("s"));
      all.add(codec.decode(record.value()));
    }

    assertThat(all.stream().mapToInt(DigitPosteriors::outputCount).sum())
        .isEqualTo(5 * (int) count(Meters.WINDOWS));
    DigitEvent seven = (DigitEvent) received().get(0);
    int hop = Speech.SPEC.hopSamples();
    long outputs = 0;
    for (DigitPosteriors output : all) {
      assertThat(output.modelId()).isEqualTo(MODEL_ID);
      assertThat(output.source()).isEqualTo("a.wav");
      assertThat(output.classCount()).isEqualTo(11);
      assertThat(output.firstFrame())
          .isEqualTo(outputs * output.strideFrames() + output.strideFrames() - 1);
      outputs += output.outputCount();
      for (int j = 0; j < output.outputCount(); j++) {
        long sample = (output.firstFrame() + (long) j * output.strideFrames()) * hop;
        if (sample > seven.startSample() && sample + 2L * hop < seven.endSample()) {
          assertThat(output.values()[j * 11 + 7]).as("sample %d", sample).isGreaterThan(0.9f);
        }
      }
    }
  }

  @Test
  void inAFloodWhatTheNetworkGivesOutGoesBesideTheEventsForASampleOfTheStreams() throws Exception {
    int half = frameCount() / 2;
    StreamSampler others = new StreamSampler();
    Set<String> chosen = new TreeSet<>();
    for (int i = 0; i < 2 * StreamSampler.MOST_IN_A_SECOND; i++) {
      String stream = "s" + i;
      if (others.begins(stream, 0)) {
        chosen.add(stream);
      }
      sendAll(stream, half, half);
    }
    assertThat(chosen).hasSizeBetween(52, 65).doesNotContain("s99");
    assertThat(streamsOfPosteriors()).isEqualTo(chosen);

    sendAll("s0", half, frameCount(), half);
    sendAll("s99", half, frameCount(), half);
    assertThat(streamsOfPosteriors()).containsExactly("s0");
    assertThat(received()).filteredOn(event -> event.streamId().equals("s99")).hasSize(5);

    // Another one under the same name, when fewer begin.
    driver.advanceWallClockTime(IDLE.plusSeconds(20));
    sendAll("s99", half, half);
    assertThat(streamsOfPosteriors()).containsExactly("s99");
  }

  private Set<String> streamsOfPosteriors() {
    driver.advanceWallClockTime(Duration.ofMillis(100));
    return posteriors.readKeyValuesToList().stream()
        .map(record -> new String(record.key, StandardCharsets.UTF_8))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void eventsAreTheSameToTheBitHoweverTheFramesAreCut() throws Exception {
    sendAll("s", 1);
    List<StreamEvent> reference = received();
    for (int size : new int[] {2, 3, 7, 10, 11, 64, frameCount()}) {
      // A fresh stream under the same name: the old one is evicted by now.
      driver.advanceWallClockTime(IDLE.plusSeconds(20));
      sendAll("s", size);
      assertThat(received()).as("records of %d frames", size).isEqualTo(reference);
    }
  }

  @Test
  void eventsCarryTheStampsOfTheRecordThatDecidedThem() throws Exception {
    sendAll("s", 2);
    List<TestRecord<byte[], byte[]>> records = events.readRecordsToList();
    TestRecord<byte[], byte[]> first = records.get(0);
    assertThat(first.key()).isEqualTo(bytes("s"));
    LatencyStamps stamps = LatencyHeaders.read(first.headers()).orElseThrow();
    assertThat(stamps.emittedAtMicros()).isEqualTo(5_000_000);
    // Frames count as captured one microsecond a sample here.
    assertThat(stamps.capturedAtMicros()).isEqualTo(stamps.capturedSample());
    DigitEvent event = (DigitEvent) new StreamEventCodec().decode(first.value());
    assertThat(stamps.capturedSample()).isGreaterThanOrEqualTo(event.endSample());
    assertThat(registry.get(Meters.EVENT_LATENCY).timer().count()).isEqualTo(4);
    assertThat(records).allMatch(record -> LatencyHeaders.read(record.headers()).isPresent());
  }

  @Test
  void whatWasSeenBeforeIsDroppedAndCounted() throws Exception {
    sendAll("reference", 10);
    List<Integer> reference = digits(received());
    for (int from = 0; from + 10 <= frameCount(); from += 10) {
      send(record("s", from, 10, false));
      send(record("s", Math.max(0, from - 5), 10, false));
    }
    send(record("s", frameCount(), 0, true));
    assertThat(digits(received())).isEqualTo(reference);
    assertThat(count(Meters.DUPLICATE)).isGreaterThan(1);
    assertThat(registry.find(Meters.GAPS).counter()).isNull();
  }

  @Test
  void aStreamThatHasEndedDoesNotBeginAgain() throws Exception {
    sendAll("s", 10);
    received();
    sendAll("s", 10);
    assertThat(events.isEmpty()).isTrue();
    assertThat(count(Meters.STREAMS, "outcome", "ended")).isEqualTo(1);
    assertThat(cursors().approximateNumEntries()).isZero();
    assertThat(blocks().approximateNumEntries()).isZero();
  }

  @Test
  void aGapEndsTheWordBeforeItAndIsCounted() throws Exception {
    int middleOfTheSecondWord =
        2 * Speech.PAUSE_FRAMES + Speech.WORD_FRAMES + Speech.WORD_FRAMES / 2;
    int inTheNextPause = middleOfTheSecondWord + Speech.WORD_FRAMES;
    send(record("s", 0, middleOfTheSecondWord, false));
    send(record("s", inTheNextPause, frameCount() - inTheNextPause, true));
    assertThat(digits(received())).containsExactly(7, 7, 0, 9);
    assertThat(count(Meters.GAPS, "reason", "unexplained")).isEqualTo(1);
    assertThat(count(Meters.GAP, "reason", "unexplained")).isEqualTo(0.3);
  }

  @Test
  void anEmptyStreamStillEnds() throws Exception {
    send(record("s", 0, 0, true));
    assertThat(received()).containsExactly(new StreamEnd("s", "a.wav", 0, 0, 16_000, MODEL_ID));
  }

  @Test
  void framesThatCannotBeUsedArePutAsideAndTheNextGoodOneStillWorks() throws Exception {
    LogMelFrames first = record("s", 0, 10, false);
    byte[] good = new LogMelFramesCodec().encode(first);
    frames.pipeInput(bytes("s"), bytes("not protobuf at all"));
    frames.pipeInput(new TestRecord<>(bytes("s"), null));
    frames.pipeInput(null, good);
    frames.pipeInput(bytes("other"), good);
    String narrow = FeatureSpec.NARROWBAND.id();
    send(new LogMelFrames("s", "a", narrow, 0, 40, new float[40], 0, false, 512));
    send(new LogMelFrames("s", "a", Speech.SPEC.id(), 0, 20, new float[40], 0, false, 512));
    send(new LogMelFrames("s", "a", Speech.SPEC.id(), 1L << 52, 40, new float[40], 0, true, 512));
    sendAll("s", 10);

    assertThat(digits(received())).containsExactly(7, 7, 0, 9);
    List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetter.REASON))
        .containsExactly(
            "malformed",
            "no-value",
            "no-key",
            "key-mismatch",
            "feature-spec-mismatch",
            "feature-spec-mismatch",
            "index-out-of-range");
    assertThat(letters.get(0).value()).isEqualTo(bytes("not protobuf at all"));
    assertThat(header(letters.get(4), DeadLetter.EXPLANATION)).contains(narrow, Speech.SPEC.id());
    assertThat(header(letters.get(4), DeadLetter.ORIGIN_TOPIC)).isEqualTo("log-mel-frames");
    assertThat(header(letters.get(4), DeadLetter.ORIGIN_OFFSET)).isEqualTo("4");
    assertThat(count(Meters.DEAD_LETTERS, "reason", "feature-spec-mismatch")).isEqualTo(2);
    assertThat(registry.find(Meters.GAPS).counter()).isNull();
  }

  @Test
  void stampsThatAreNonsenseStopNothing() throws Exception {
    for (long captured : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0}) {
      String stream = "s" + captured;
      send(
          new LogMelFrames(
              stream,
              "a",
              Speech.SPEC.id(),
              0,
              Speech.BANDS,
              speech,
              captured,
              true,
              nextSample(frameCount())));
      assertThat(digits(received())).containsExactly(7, 7, 0, 9);
    }
  }

  @Test
  void anIdleStreamIsEvictedSilentlyWithAllItsKeys() {
    send(record("s", 0, 55, false));
    assertThat(blocks().approximateNumEntries()).isGreaterThan(1);
    driver.advanceWallClockTime(IDLE.plusSeconds(20));
    assertThat(cursors().approximateNumEntries()).isZero();
    assertThat(blocks().approximateNumEntries()).isZero();
    assertThat(events.isEmpty()).isTrue();
    assertThat(count(Meters.STREAMS, "outcome", "incomplete")).isEqualTo(1);
  }

  @Test
  void theStoresHoldOneWindowOfAStreamHoweverLongItIs() {
    sendAll("s", 3, frameCount() - 5);
    int capacity = Speech.MODEL.geometry().windowBlocks();
    assertThat(blocks().approximateNumEntries()).isEqualTo(capacity);
    assertThat(cursors().get("s").length).isLessThan(256);
  }

  @Test
  void theClassifierIsClosedWithItsPartition() {
    Speech.Listener other = new Speech.Listener();
    Meters meters = new Meters(registry, "inference");
    try (TopologyTestDriver second =
        new TopologyTestDriver(
            InferenceTopology.of(
                Speech.MODEL, () -> other, IDLE, false, clock, System::nanoTime, meters),
            properties())) {
      assertThat(second.getAllStateStores()).hasSize(3);
      assertThat(other.closed()).isZero();
    }
    assertThat(other.closed()).isEqualTo(1);
  }

  private KeyValueStore<String, byte[]> cursors() {
    return driver.getKeyValueStore(InferenceTopology.CURSORS);
  }

  private KeyValueStore<String, byte[]> blocks() {
    return driver.getKeyValueStore(InferenceTopology.BLOCKS);
  }

  private void sendAll(String stream, int size) {
    sendAll(stream, size, frameCount());
  }

  private void sendAll(String stream, int size, int until) {
    sendAll(stream, 0, until, size);
  }

  private void sendAll(String stream, int first, int until, int size) {
    for (int from = first; from < until; from += size) {
      int count = Math.min(size, until - from);
      send(record(stream, from, count, from + count == frameCount()));
    }
  }

  private void send(LogMelFrames record) {
    frames.pipeInput(bytes(record.streamId()), new LogMelFramesCodec().encode(record));
  }

  private LogMelFrames record(String stream, int first, int count, boolean end) {
    float[] values =
        Arrays.copyOfRange(speech, first * Speech.BANDS, (first + count) * Speech.BANDS);
    long nextSample = nextSample(first + count);
    return new LogMelFrames(
        stream,
        "a.wav",
        Speech.SPEC.id(),
        first,
        Speech.BANDS,
        values,
        nextSample,
        end,
        nextSample);
  }

  private int frameCount() {
    return speech.length / Speech.BANDS;
  }

  private static long nextSample(int frames) {
    return frames == 0 ? 0 : (frames - 1L) * Speech.SPEC.hopSamples() + Speech.SPEC.fftSamples();
  }

  private List<StreamEvent> received() throws MalformedRecordException {
    List<StreamEvent> received = new ArrayList<>();
    for (byte[] value : events.readValuesToList()) {
      received.add(new StreamEventCodec().decode(value));
    }
    return received;
  }

  static List<Integer> digits(List<StreamEvent> events) {
    return events.stream()
        .filter(DigitEvent.class::isInstance)
        .map(event -> ((DigitEvent) event).digit())
        .toList();
  }

  private double count(String meter, String... tags) {
    return registry.get(meter).tags(tags).counter().count();
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return properties;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
