package org.digitstream.features.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.runtime.kafka.DeadLetter;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeatureTopologyTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final Duration IDLE = Duration.ofMinutes(15);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          FeatureTopology.of(SPEC, IDLE, new Meters(registry, "features")), properties());
  private final TestInputTopic<byte[], byte[]> chunks =
      driver.createInputTopic(
          Topics.AUDIO_CHUNKS, new ByteArraySerializer(), new ByteArraySerializer());
  private final TestOutputTopic<byte[], byte[]> frames = output(Topics.LOG_MEL_FRAMES);
  private final TestOutputTopic<byte[], byte[]> deadLetters =
      output(Topics.deadLettersOf(Topics.AUDIO_CHUNKS));
  private final short[] samples = noise(16_000);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void framesAreThoseOfTheWholeRecordingHoweverItIsCut() throws Exception {
    float[] whole = LogMelExtractor.extract(SPEC, samples);
    for (int size : new int[] {37, 160, 320, 3_200, 16_000}) {
      String stream = "cut-" + size;
      sendAll(stream, size);
      List<LogMelFrames> received = received();
      assertThat(values(received)).as("chunks of %d samples", size).isEqualTo(whole);
      assertThat(received).allMatch(record -> record.featureSpecId().equals(SPEC.id()));
      assertThat(received.stream().filter(LogMelFrames::end)).hasSize(1);
      LogMelFrames last = received.get(received.size() - 1);
      assertThat(last.end()).isTrue();
      assertThat(last.nextSample()).isEqualTo(samples.length);
    }
  }

  @Test
  void frameRecordsCarryKeySourceAndCaptureTimeOfTheirChunk() throws Exception {
    send(chunk("s", 0, 1_000, GapReason.NONE, false));
    TestRecord<byte[], byte[]> record = frames.readRecord();
    assertThat(record.key()).isEqualTo(bytes("s"));
    LogMelFrames decoded = new LogMelFramesCodec().decode(record.value());
    assertThat(decoded.source()).isEqualTo("a.wav");
    assertThat(decoded.capturedAtMicros()).isEqualTo(1_000);
    assertThat(decoded.nextSample()).isEqualTo(1_000);
    assertThat(decoded.firstFrame()).isZero();
  }

  @Test
  void aChunkThatCompletesNoFrameForwardsNothing() {
    send(chunk("s", 0, 511, GapReason.NONE, false));
    assertThat(frames.isEmpty()).isTrue();
    send(chunk("s", 511, 1, GapReason.NONE, false));
    assertThat(frames.getQueueSize()).isEqualTo(1);
  }

  @Test
  void anEmptyStreamStillEnds() throws Exception {
    send(chunk("s", 0, 0, GapReason.NONE, true));
    List<LogMelFrames> received = received();
    assertThat(received).hasSize(1);
    assertThat(received.get(0).end()).isTrue();
    assertThat(received.get(0).nextSample()).isZero();
  }

  @Test
  void whatWasSeenBeforeIsDroppedAndCounted() throws Exception {
    send(chunk("s", 0, 3_200, GapReason.NONE, false));
    send(chunk("s", 0, 3_200, GapReason.NONE, false));
    send(chunk("s", 1_600, 14_400, GapReason.NONE, true));
    assertThat(values(received())).isEqualTo(LogMelExtractor.extract(SPEC, samples));
    assertThat(count(Meters.DUPLICATE)).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void aStreamThatHasEndedDoesNotBeginAgain() throws Exception {
    send(chunk("s", 0, 3_200, GapReason.NONE, true));
    received();
    send(chunk("s", 0, 3_200, GapReason.NONE, true));
    send(chunk("s", 3_200, 3_200, GapReason.NONE, false));
    assertThat(frames.isEmpty()).isTrue();
    assertThat(count(Meters.DUPLICATE)).isEqualTo(6_400 / 16_000.0);
    assertThat(count(Meters.STREAMS, "outcome", "ended")).isEqualTo(1);
  }

  @Test
  void gapsAreCountedByReasonAndNoFrameReachesOverThem() throws Exception {
    send(chunk("s", 0, 1_600, GapReason.NONE, false));
    send(chunk("s", 3_200, 1_600, GapReason.DEVICE_LOST, false));
    send(chunk("s", 6_400, 1_600, GapReason.NONE, false));
    assertThat(count(Meters.GAPS, "reason", "device-lost")).isEqualTo(1);
    assertThat(count(Meters.GAP, "reason", "device-lost")).isEqualTo(0.1);
    assertThat(count(Meters.GAPS, "reason", "unexplained")).isEqualTo(1);
    float[] whole = LogMelExtractor.extract(SPEC, samples);
    List<LogMelFrames> received = received();
    assertThat(received).extracting(LogMelFrames::firstFrame).containsExactly(0L, 20L, 40L);
    for (LogMelFrames record : received) {
      int from = (int) record.firstFrame() * SPEC.bands();
      assertThat(record.values())
          .isEqualTo(Arrays.copyOfRange(whole, from, from + record.values().length));
    }
  }

  @Test
  void aGapBeforeAnEmptyEndCountsToo() throws Exception {
    send(chunk("s", 0, 1_600, GapReason.NONE, false));
    send(chunk("s", 3_200, 0, GapReason.BUFFER_FULL, true));
    assertThat(count(Meters.GAPS, "reason", "buffer-full")).isEqualTo(1);
    List<LogMelFrames> received = received();
    assertThat(received.get(received.size() - 1).nextSample()).isEqualTo(3_200);
  }

  @Test
  void whatIsNoUsableChunkIsPutAsideAndTheNextGoodOneStillWorks() {
    byte[] good = new AudioChunkCodec().encode(chunk("s", 0, 1_000, GapReason.NONE, false));
    chunks.pipeInput(bytes("s"), bytes("not protobuf at all"));
    chunks.pipeInput(bytes("s"), new byte[0]);
    chunks.pipeInput(new TestRecord<>(bytes("s"), null));
    chunks.pipeInput(bytes("s"), Arrays.copyOf(good, good.length / 2));
    chunks.pipeInput(null, good);
    chunks.pipeInput(bytes("other"), good);
    sendAs("s", new AudioChunk("s", "a", 0, 8_000, samples, 0, GapReason.NONE, false));
    sendAs("s", new AudioChunk("s", "a", 1L << 52, 16_000, samples, 0, GapReason.NONE, true));
    chunks.pipeInput(bytes("s"), good);

    assertThat(frames.getQueueSize()).isEqualTo(1);
    List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetter.REASON))
        .containsExactly(
            "malformed",
            "malformed",
            "no-value",
            "malformed",
            "no-key",
            "key-mismatch",
            "sample-rate-mismatch",
            "index-out-of-range");
    assertThat(letters.get(0).key()).isEqualTo(bytes("s"));
    assertThat(letters.get(0).value()).isEqualTo(bytes("not protobuf at all"));
    assertThat(letters.get(4).key()).isNull();
    assertThat(letters.get(4).value()).isEqualTo(good);
    assertThat(header(letters.get(6), DeadLetter.EXPLANATION)).contains("8000", "16000");
    for (int i = 0; i < letters.size(); i++) {
      assertThat(header(letters.get(i), DeadLetter.ORIGIN_TOPIC)).isEqualTo("audio-chunks");
      assertThat(header(letters.get(i), DeadLetter.ORIGIN_PARTITION)).isEqualTo("0");
      assertThat(header(letters.get(i), DeadLetter.ORIGIN_OFFSET)).isEqualTo(Integer.toString(i));
    }
    assertThat(count(Meters.DEAD_LETTERS, "reason", "malformed")).isEqualTo(3);
  }

  @Test
  void anIdleStreamIsEvictedSilentlyAndCountedAsIncomplete() throws Exception {
    send(chunk("s", 0, 1_600, GapReason.NONE, false));
    received();
    driver.advanceWallClockTime(IDLE.minusSeconds(1));
    assertThat(store().approximateNumEntries()).isEqualTo(1);
    driver.advanceWallClockTime(Duration.ofSeconds(20));
    assertThat(store().approximateNumEntries()).isZero();
    assertThat(count(Meters.STREAMS, "outcome", "incomplete")).isEqualTo(1);
    assertThat(frames.isEmpty()).isTrue();

    send(chunk("s", 1_600, 1_600, GapReason.NONE, false));
    assertThat(count(Meters.GAPS, "reason", "unexplained")).isEqualTo(1);
    assertThat(received()).extracting(LogMelFrames::firstFrame).containsExactly(10L);
  }

  @Test
  void anEndedStreamIsEvictedWithoutACount() {
    send(chunk("s", 0, 1_600, GapReason.NONE, true));
    driver.advanceWallClockTime(IDLE.plusSeconds(20));
    assertThat(store().approximateNumEntries()).isZero();
    assertThat(ended().approximateNumEntries()).isZero();
    assertThat(registry.find(Meters.STREAMS).tag("outcome", "incomplete").counter()).isNull();
  }

  @Test
  void aStreamThatKeepsComingIsNotEvicted() {
    send(chunk("s", 0, 160, GapReason.NONE, false));
    for (int i = 1; i < 4; i++) {
      driver.advanceWallClockTime(IDLE.minusMinutes(1));
      send(chunk("s", i * 160, 160, GapReason.NONE, false));
    }
    assertThat(store().approximateNumEntries()).isEqualTo(1);
    assertThat(registry.find(Meters.GAPS).counter()).isNull();
  }

  @Test
  void theStoreHoldsAtMostTwoKilobytesOfAStream() {
    for (int i = 0; i < 20; i++) {
      send(chunk("s", i * 320, 320, GapReason.NONE, false));
      assertThat(store().get("s").length).isLessThanOrEqualTo(2_048);
    }
    send(chunk("s", 6_400, 320, GapReason.NONE, true));
    assertThat(store().get("s")).isNull();
    assertThat(ended().get("s")).hasSize(1);
  }

  @Test
  void aVeryLongChunkGoesOutInSeveralRecordsWithTheEndInTheLast() throws Exception {
    AudioChunk chunk = new AudioChunk("s", "a", 0, 16_000, noise(480_000), 0, GapReason.NONE, true);
    sendAs("s", chunk);
    List<LogMelFrames> received = received();
    assertThat(received.size()).isGreaterThan(1);
    assertThat(values(received)).isEqualTo(LogMelExtractor.extract(SPEC, chunk.samples()));
    for (int i = 0; i < received.size(); i++) {
      assertThat(received.get(i).end()).isEqualTo(i == received.size() - 1);
      assertThat(received.get(i).firstFrame())
          .isEqualTo(i == 0 ? 0 : received.get(i - 1).nextFrame());
    }
  }

  private KeyValueStore<String, byte[]> store() {
    return driver.getKeyValueStore(FeatureTopology.STORE);
  }

  private KeyValueStore<String, byte[]> ended() {
    return driver.getKeyValueStore(EndedStreams.STORE);
  }

  private void sendAll(String stream, int size) {
    for (int from = 0; from < samples.length; from += size) {
      int count = Math.min(size, samples.length - from);
      send(chunk(stream, from, count, GapReason.NONE, from + count == samples.length));
    }
  }

  private void send(AudioChunk chunk) {
    sendAs(chunk.streamId(), chunk);
  }

  private void sendAs(String key, AudioChunk chunk) {
    chunks.pipeInput(bytes(key), new AudioChunkCodec().encode(chunk));
  }

  private AudioChunk chunk(String stream, int first, int count, GapReason gap, boolean end) {
    return new AudioChunk(
        stream,
        "a.wav",
        first,
        16_000,
        Arrays.copyOfRange(samples, first, first + count),
        first + count,
        gap,
        end);
  }

  private List<LogMelFrames> received() throws MalformedRecordException {
    List<LogMelFrames> received = new ArrayList<>();
    for (byte[] value : frames.readValuesToList()) {
      received.add(new LogMelFramesCodec().decode(value));
    }
    return received;
  }

  private double count(String meter, String... tags) {
    Counter counter = registry.get(meter).tags(tags).counter();
    return counter.count();
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static float[] values(List<LogMelFrames> records) {
    int length = records.stream().mapToInt(record -> record.values().length).sum();
    float[] all = new float[length];
    int at = 0;
    for (LogMelFrames record : records) {
      System.arraycopy(record.values(), 0, all, at, record.values().length);
      at += record.values().length;
    }
    return all;
  }

  static short[] noise(int count) {
    Random random = new Random(7);
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (random.nextGaussian() * 3_000);
    }
    return samples;
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
