package org.digitstream.features.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;

/**
 * What released versions have stored of a stream, in {@code src/test/resources/state}: every later
 * version goes on from it to the same bits. A file there is never changed or removed; a new format
 * gets new files. What today's program stores is written to {@code target/state}.
 */
class KeptStateTest {
  private static final FeatureSpec SPEC = FeatureSpec.NARROWBAND;
  private static final String STREAM = "s";
  private static final int INTERRUPTED_AT = 777;
  private static final Duration IDLE = Duration.ofMinutes(15);

  /** Whole steps, so that the files hold for every generator of random numbers. */
  private static final short[] SAMPLES = sawteeth(2_400);

  /** One instance of features and its store. */
  private static final class Bench implements AutoCloseable {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> chunks;
    private final TestOutputTopic<byte[], byte[]> frames;

    Bench(FeatureSpec spec) {
      Properties properties = new Properties();
      properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
      properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
      driver =
          new TopologyTestDriver(
              FeatureTopology.of(spec, IDLE, new Meters(registry, "features")), properties);
      chunks =
          driver.createInputTopic(
              Topics.AUDIO_CHUNKS, new ByteArraySerializer(), new ByteArraySerializer());
      frames =
          driver.createOutputTopic(
              Topics.LOG_MEL_FRAMES, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    List<LogMelFrames> send(int from, int until) throws Exception {
      AudioChunk chunk =
          new AudioChunk(
              STREAM,
              "a.wav",
              from,
              SPEC.sampleRateHz(),
              Arrays.copyOfRange(SAMPLES, from, until),
              0,
              GapReason.NONE,
              until == SAMPLES.length);
      chunks.pipeInput(
          STREAM.getBytes(StandardCharsets.UTF_8), new AudioChunkCodec().encode(chunk));
      List<LogMelFrames> received = new ArrayList<>();
      for (byte[] value : frames.readValuesToList()) {
        received.add(new LogMelFramesCodec().decode(value));
      }
      return received;
    }

    KeyValueStore<String, byte[]> store() {
      return driver.getKeyValueStore(FeatureTopology.STORE);
    }

    double count(String meter, String... tags) {
      return registry.find(meter).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
    }

    @Override
    public void close() {
      driver.close();
    }
  }

  @Test
  void aKeptStreamIsGoneOnWithToTheBit() throws Exception {
    float[] whole = LogMelExtractor.extract(SPEC, SAMPLES);
    try (Bench bench = new Bench(SPEC)) {
      bench.store().put(STREAM, read("tail-v1.hex"));
      List<LogMelFrames> rest = bench.send(INTERRUPTED_AT, SAMPLES.length);

      float[] values = FeatureTopologyTest.values(rest);
      assertThat(values)
          .isEqualTo(Arrays.copyOfRange(whole, whole.length - values.length, whole.length));
      // Its first samples came before the interruption.
      assertThat(SPEC.firstSampleOfFrame(rest.get(0).firstFrame())).isLessThan(INTERRUPTED_AT);
      assertThat(bench.count(Meters.GAPS)).isZero();
    }
  }

  @Test
  void aKeptStreamThatHasEndedDoesNotBeginAgain() throws Exception {
    try (Bench bench = new Bench(SPEC)) {
      bench.store().put(STREAM, read("ended-v1.hex"));

      assertThat(bench.send(0, SAMPLES.length)).isEmpty();
      assertThat(bench.count(Meters.DUPLICATE)).isPositive();
    }
  }

  @Test
  void todaysProgramStoresTheKeptBytes() throws Exception {
    try (Bench bench = new Bench(SPEC)) {
      bench.send(0, INTERRUPTED_AT);
      byte[] stored = bench.store().get(STREAM);
      Path written = Path.of("target", "state", "tail-v1.hex");
      Files.createDirectories(written.getParent());
      Files.writeString(written, HexFormat.of().formatHex(stored) + "\n");

      assertThat(stored).isEqualTo(read("tail-v1.hex"));
    }
  }

  /** During a rolling restart to a model with other features of the same audio. */
  @Test
  void anotherSpecificationGoesOnFromTheNextSampleAsAfterAGap() throws Exception {
    FeatureSpec other = otherSpec();
    float[] alone =
        LogMelExtractor.extract(
            other, Arrays.copyOfRange(SAMPLES, 800, SAMPLES.length)); // on the grid of frames
    try (Bench bench = new Bench(other)) {
      bench.store().put(STREAM, read("tail-v1.hex"));
      List<LogMelFrames> rest = bench.send(INTERRUPTED_AT, SAMPLES.length);

      assertThat(rest).allMatch(record -> record.featureSpecId().equals(other.id()));
      assertThat(rest.get(0).firstFrame()).isEqualTo(800 / SPEC.hopSamples());
      assertThat(FeatureTopologyTest.values(rest)).isEqualTo(alone);
      assertThat(bench.count(Meters.GAPS)).isEqualTo(1);
      assertThat(bench.count(Meters.GAP)).isZero();
    }
  }

  @Test
  void aStreamThatEndedUnderAnotherSpecificationDoesNotBeginAgain() throws Exception {
    try (Bench bench = new Bench(otherSpec())) {
      bench.store().put(STREAM, read("ended-v1.hex"));

      assertThat(bench.send(0, SAMPLES.length)).isEmpty();
      bench.driver.advanceWallClockTime(IDLE.plusSeconds(20));
      bench.driver.advanceWallClockTime(IDLE.plusSeconds(20));
      assertThat(bench.store().get(STREAM)).isNull();
      assertThat(bench.count(Meters.STREAMS, "outcome", "incomplete")).isZero();
    }
  }

  /** Kafka restores the store by these names; a service that has others forgets all streams. */
  @Test
  void theNamesOfStoreAndTopicsStay() {
    assertThat(
            FeatureTopology.of(SPEC, IDLE, new Meters(new SimpleMeterRegistry(), "test"))
                .describe()
                .toString())
        .contains("Sub-topology: 0", "Source: input (topics: [audio-chunks])")
        .containsPattern("stores: .*ended-streams")
        .containsPattern("stores: .*extractor-tails")
        .doesNotContain("Sub-topology: 1");
    assertThat(FeatureService.APPLICATION_ID).isEqualTo("digitstream-features");
  }

  private static FeatureSpec otherSpec() {
    return new FeatureSpec(
        "other",
        SPEC.sampleRateHz(),
        SPEC.windowSamples(),
        SPEC.fftSamples(),
        SPEC.hopSamples(),
        SPEC.window(),
        SPEC.spectrum(),
        SPEC.melScale(),
        SPEC.melNormalization(),
        30,
        SPEC.lowHz(),
        SPEC.highHz(),
        SPEC.logScale(),
        SPEC.floor());
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = KeptStateTest.class.getResourceAsStream("/state/" + file)) {
      assertThat(in).as("kept state %s", file).isNotNull();
      return HexFormat.of()
          .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
  }

  private static short[] sawteeth(int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (i * 97 % 20_011 - 10_000 + i * 31 % 977);
    }
    return samples;
  }
}
