package org.digitstream.standalone.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.features.kafka.FeatureTopology;
import org.digitstream.inference.kafka.InferenceTopology;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.digitstream.runtime.kafka.KeptDeadLetter;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever records come: each is used or put aside with its reason and place, the service goes on,
 * and a good stream beside them is heard as it is alone.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class TopologiesFuzzTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final Duration IDLE = Duration.ofMinutes(15);
  private static final String GOOD = "the good one";

  /** A good record goes between two bad ones each so many. */
  private static final int EVERY = 10;

  private final Set<String> reasons = new TreeSet<>();

  @Test
  void features() throws Exception {
    List<byte[]> good = goodChunks();
    Topology topology = FeatureTopology.of(SPEC, IDLE, meters());
    List<LogMelFrames> frames = new ArrayList<>();
    for (byte[] value :
        survives(
            topology,
            "features",
            Topics.AUDIO_CHUNKS,
            Topics.LOG_MEL_FRAMES,
            new AudioChunkCodec(),
            AudioChunk::streamId,
            Samples.audioChunks(),
            Samples::absurdAudio,
            good)) {
      frames.add(new LogMelFramesCodec().decode(value));
    }
    assertThat(frames.get(frames.size() - 1).end()).isTrue();
    assertThat(values(frames))
        .isEqualTo(LogMelExtractor.extract(SPEC, ToneRecording.samples("3773")));
    assertThat(reasons)
        .contains("malformed", "no-key", "no-value", "key-mismatch", "sample-rate-mismatch")
        .contains("index-out-of-range");
  }

  @Test
  void inferenceOfRuns() throws Exception {
    inference("inference of runs", ToneModel.bundle());
  }

  @Test
  void inferenceOfStrings() throws Exception {
    inference("inference of strings", ToneModel.strings());
  }

  private void inference(String name, ModelBundle model) throws Exception {
    List<DigitEvent> digits = new ArrayList<>();
    for (byte[] value :
        survives(
            topology(model),
            name,
            Topics.LOG_MEL_FRAMES,
            Topics.DIGIT_EVENTS,
            new LogMelFramesCodec(),
            LogMelFrames::streamId,
            Samples.logMelFrames(),
            Samples::absurdFrames,
            goodFrames())) {
      StreamEvent event = new StreamEventCodec().decode(value);
      if (event instanceof DigitEvent digit) {
        digits.add(digit);
      }
    }
    assertThat(digits).extracting(DigitEvent::digit).containsExactly(3, 7, 7, 3);
    assertThat(reasons)
        .contains("malformed", "no-key", "no-value", "key-mismatch", "feature-spec-mismatch")
        .contains("index-out-of-range");
  }

  /** What a store holds was written by some version of this program, or damaged since. */
  @Test
  void storedExtractors() {
    Topology topology = FeatureTopology.of(SPEC, IDLE, meters());
    List<byte[]> stored = new ArrayList<>();
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties())) {
      TestInputTopic<byte[], byte[]> in = input(driver, Topics.AUDIO_CHUNKS);
      KeyValueStore<String, byte[]> store = driver.getKeyValueStore(FeatureTopology.STORE);
      List<byte[]> good = goodChunks();
      for (byte[] chunk : good.subList(0, 30)) {
        in.pipeInput(GOOD.getBytes(UTF_8), chunk);
        stored.add(store.get(GOOD));
      }
    }
    resumes(
        "stored extractors",
        topology,
        Topics.AUDIO_CHUNKS,
        FeatureTopology.STORE,
        stored,
        goodChunks().get(30));
  }

  @Test
  void storedCursorsOfRuns() {
    storedCursors("stored cursors of runs", ToneModel.bundle());
  }

  @Test
  void storedCursorsOfStrings() {
    storedCursors("stored cursors of strings", ToneModel.strings());
  }

  @Test
  void storedBlocks() {
    Topology topology = topology(ToneModel.bundle());
    byte[] next = goodFrames().get(30);
    List<byte[]> cursors = new ArrayList<>();
    List<byte[]> blocks = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    run(
        topology,
        goodFrames().subList(0, 30),
        driver -> {
          cursors.clear();
          cursors.add(driver.<String, byte[]>getKeyValueStore(InferenceTopology.CURSORS).get(GOOD));
          try (var all = driver.<String, byte[]>getKeyValueStore(InferenceTopology.BLOCKS).all()) {
            keys.clear();
            blocks.clear();
            all.forEachRemaining(
                entry -> {
                  keys.add(entry.key);
                  blocks.add(entry.value);
                });
          }
        });
    new Fuzzing("stored blocks", blocks, Set.of(IllegalStateException.class), 60_000_000, 1_000)
        .run(
            Fuzzing.inputs() / 10,
            bytes -> {
              try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties())) {
                driver
                    .<String, byte[]>getKeyValueStore(InferenceTopology.CURSORS)
                    .put(GOOD, cursors.get(0));
                KeyValueStore<String, byte[]> store =
                    driver.getKeyValueStore(InferenceTopology.BLOCKS);
                keys.forEach(key -> store.put(key, bytes));
                input(driver, Topics.LOG_MEL_FRAMES).pipeInput(GOOD.getBytes(UTF_8), next);
              }
              if (bytes.length % 2 == 0) {
                throw new IllegalStateException("even");
              }
            });
  }

  private void storedCursors(String name, ModelBundle model) {
    List<byte[]> stored = new ArrayList<>();
    Topology topology = topology(model);
    run(
        topology,
        goodFrames().subList(0, 60),
        driver ->
            stored.add(
                driver.<String, byte[]>getKeyValueStore(InferenceTopology.CURSORS).get(GOOD)));
    resumes(
        name,
        topology,
        Topics.LOG_MEL_FRAMES,
        InferenceTopology.CURSORS,
        stored,
        goodFrames().get(60));
  }

  private static void run(
      Topology topology,
      List<byte[]> records,
      java.util.function.Consumer<TopologyTestDriver> after) {
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties())) {
      TestInputTopic<byte[], byte[]> in = input(driver, Topics.LOG_MEL_FRAMES);
      for (byte[] record : records) {
        in.pipeInput(GOOD.getBytes(UTF_8), record);
        after.accept(driver);
      }
    }
  }

  /** One driver, another stream for each input: the next record makes the service look it up. */
  private static void resumes(
      String name,
      Topology topology,
      String topic,
      String storeName,
      List<byte[]> stored,
      byte[] next) {
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties())) {
      KeyValueStore<String, byte[]> store = driver.getKeyValueStore(storeName);
      TestInputTopic<byte[], byte[]> in = input(driver, topic);
      int[] number = {0};
      new Fuzzing(name, stored, Set.of(IllegalStateException.class), 4_000_000, 2_000)
          .run(
              bytes -> {
                // Of the length of the good one's: the record then is whole under the other name.
                String id =
                    String.format(java.util.Locale.ROOT, "%0" + GOOD.length() + "d", number[0]++);
                byte[] record = renamed(next, id);
                store.put(id, bytes);
                in.pipeInput(id.getBytes(UTF_8), record);
                boolean goesOn = ByteBuffer.wrap(store.get(id)).limit() > 0;
                if (number[0] % 50 == 0) {
                  driver.advanceWallClockTime(IDLE.plusMinutes(1));
                  driver.advanceWallClockTime(IDLE.plusMinutes(1));
                }
                if (!goesOn || number[0] % 2 == 0) {
                  throw new IllegalStateException(
                      "every second one, so that there are two answers");
                }
              });
    }
  }

  private static byte[] renamed(byte[] record, String id) {
    String text = new String(record, java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.replaceFirst(GOOD, id).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private <T> List<byte[]> survives(
      Topology topology,
      String name,
      String topic,
      String outputTopic,
      RecordCodec<T> codec,
      Function<T, String> streamId,
      List<byte[]> valid,
      Function<SplittableRandom, byte[]> absurd,
      List<byte[]> good) {
    List<byte[]> heard = new ArrayList<>();
    SplittableRandom keys = new SplittableRandom(Fuzzing.seed());
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties())) {
      TestInputTopic<byte[], byte[]> in = input(driver, topic);
      TestOutputTopic<byte[], byte[]> out = output(driver, outputTopic);
      TestOutputTopic<byte[], byte[]> letters = output(driver, Topics.deadLettersOf(topic));
      int[] counts = {0, 0};
      Fuzzing.Mutator mutator = new Fuzzing.Mutator();
      new Fuzzing(name, valid, Set.of(PutAside.class), 40_000_000, 4_000)
          .generator(
              (random, pool) ->
                  random.nextInt(3) > 0 ? absurd.apply(random) : mutator.next(random, pool))
          .run(
              bytes -> {
                int number = counts[0]++;
                if (number % EVERY == 0 && counts[1] < good.size()) {
                  in.pipeInput(GOOD.getBytes(UTF_8), good.get(counts[1]++));
                }
                if (number % 500 == 499) {
                  driver.advanceWallClockTime(Duration.ofMinutes(1));
                }
                assertThat(letters.isEmpty()).isTrue();
                byte[] key = key(keys, bytes, codec, streamId);
                byte[] value = keys.nextInt(50) == 0 ? null : bytes;
                in.pipeInput(key, value);
                keepGood(out, heard);
                if (!letters.isEmpty()) {
                  throw new PutAside(checked(letters.readRecord(), topic, key, value));
                }
                codec.decode(bytes);
              });
      while (counts[1] < good.size()) {
        in.pipeInput(GOOD.getBytes(UTF_8), good.get(counts[1]++));
      }
      keepGood(out, heard);
    }
    return heard;
  }

  /** Not a fault: the record was put aside, as it should be. */
  private static final class PutAside extends Exception {
    private static final long serialVersionUID = 1L;

    PutAside(String why) {
      super(why);
    }
  }

  private String checked(
      TestRecord<byte[], byte[]> record, String topic, byte[] key, byte[] value) {
    KeptDeadLetter letter =
        new KeptDeadLetter(
            Topics.deadLettersOf(topic), 0, 0, 0, record.key(), record.value(), record.headers());
    assertThat(letter.reason())
        .isIn(Arrays.stream(DeadLetterReason.values()).map(DeadLetterReason::label).toList());
    assertThat(letter.originTopic()).isEqualTo(topic);
    assertThat(letter.originPartition()).isZero();
    assertThat(letter.originOffset()).isNotNegative();
    assertThat(letter.explanation()).isNotBlank();
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.key()).isEqualTo(key);
    reasons.add(letter.reason());
    return letter.reason() + letter.explanation();
  }

  private static void keepGood(TestOutputTopic<byte[], byte[]> out, List<byte[]> heard) {
    while (!out.isEmpty()) {
      TestRecord<byte[], byte[]> record = out.readRecord();
      if (Arrays.equals(record.key(), GOOD.getBytes(UTF_8))) {
        heard.add(record.value());
      }
    }
  }

  private static <T> byte[] key(
      SplittableRandom random, byte[] bytes, RecordCodec<T> codec, Function<T, String> streamId) {
    int which = random.nextInt(30);
    if (which == 0) {
      return null;
    }
    if (which == 1) {
      return new byte[] {(byte) random.nextInt(), (byte) 0xff};
    }
    try {
      return streamId.apply(codec.decode(bytes)).getBytes(UTF_8);
    } catch (MalformedRecordException e) {
      return new byte[] {'s'};
    }
  }

  private static Topology topology(ModelBundle model) {
    return InferenceTopology.of(
        model,
        () -> KernelClassifier.load(model),
        IDLE,
        true,
        Clock.systemUTC(),
        System::nanoTime,
        meters());
  }

  private static Meters meters() {
    return new Meters(new SimpleMeterRegistry(), "fuzz");
  }

  private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver, String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static TestOutputTopic<byte[], byte[]> output(TopologyTestDriver driver, String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "fuzz");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return properties;
  }

  private static List<byte[]> goodChunks() {
    short[] samples = ToneRecording.samples("3773");
    List<byte[]> chunks = new ArrayList<>();
    for (int from = 0; from < samples.length; from += 640) {
      int to = Math.min(samples.length, from + 640);
      chunks.add(
          new AudioChunkCodec()
              .encode(
                  new AudioChunk(
                      GOOD,
                      "a.wav",
                      from,
                      SPEC.sampleRateHz(),
                      Arrays.copyOfRange(samples, from, to),
                      from,
                      GapReason.NONE,
                      to == samples.length)));
    }
    return chunks;
  }

  private static List<byte[]> goodFrames() {
    float[] values = LogMelExtractor.extract(SPEC, ToneRecording.samples("3773"));
    int bands = SPEC.bands();
    int count = values.length / bands;
    List<byte[]> records = new ArrayList<>();
    for (int from = 0; from < count; from += 4) {
      int to = Math.min(count, from + 4);
      records.add(
          new LogMelFramesCodec()
              .encode(
                  new LogMelFrames(
                      GOOD,
                      "a.wav",
                      SPEC.id(),
                      from,
                      bands,
                      Arrays.copyOfRange(values, from * bands, to * bands),
                      from,
                      to == count,
                      (long) to * SPEC.hopSamples())));
    }
    return records;
  }

  private static float[] values(List<LogMelFrames> records) {
    int length = records.stream().mapToInt(record -> record.values().length).sum();
    float[] values = new float[length];
    int at = 0;
    for (LogMelFrames record : records) {
      System.arraycopy(record.values(), 0, values, at, record.values().length);
      at += record.values().length;
    }
    return values;
  }
}
