package org.digitstream.inference.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;

/** One instance of inference, one stream {@value #STREAM}, and its stores to carry to another. */
final class StreamBench implements AutoCloseable {
  static final String STREAM = "s";
  static final Duration IDLE = Duration.ofMinutes(15);
  private static final List<String> STORES =
      List.of(InferenceTopology.CURSORS, InferenceTopology.BLOCKS, EndedStreams.STORE);

  private final FeatureSpec spec;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> frames;
  private final TestOutputTopic<byte[], byte[]> events;

  StreamBench(ModelBundle model, Supplier<? extends WindowClassifier> classifiers) {
    spec = model.featureSpec();
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    driver =
        new TopologyTestDriver(
            InferenceTopology.of(
                model,
                classifiers,
                IDLE,
                false,
                Clock.fixed(Instant.ofEpochSecond(5), ZoneOffset.UTC),
                () -> 0,
                new Meters(registry, "inference")),
            properties);
    frames =
        driver.createInputTopic(
            Topics.LOG_MEL_FRAMES, new ByteArraySerializer(), new ByteArraySerializer());
    events =
        driver.createOutputTopic(
            Topics.DIGIT_EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Sends frames, some in a record; the last of all with the stream's end. */
  void send(float[] values, int from, int until, int framesInRecord) {
    int bands = spec.bands();
    for (int first = from; first < until; first += framesInRecord) {
      int next = Math.min(until, first + framesInRecord);
      LogMelFrames record =
          new LogMelFrames(
              STREAM,
              "a.wav",
              spec.id(),
              first,
              bands,
              Arrays.copyOfRange(values, first * bands, next * bands),
              0,
              next * bands == values.length,
              (next - 1L) * spec.hopSamples() + spec.fftSamples());
      frames.pipeInput(
          STREAM.getBytes(StandardCharsets.UTF_8), new LogMelFramesCodec().encode(record));
    }
  }

  /** What has come since this was last asked. */
  List<StreamEvent> events() throws MalformedRecordException {
    List<StreamEvent> received = new ArrayList<>();
    for (byte[] value : events.readValuesToList()) {
      received.add(new StreamEventCodec().decode(value));
    }
    return received;
  }

  /** Everything in the stores: a line of store, key and bytes for each entry. */
  List<String> stored() {
    List<String> lines = new ArrayList<>();
    for (String name : STORES) {
      try (KeyValueIterator<String, byte[]> all = store(name).all()) {
        while (all.hasNext()) {
          KeyValue<String, byte[]> entry = all.next();
          lines.add(name + " " + entry.key + " " + HexFormat.of().formatHex(entry.value));
        }
      }
    }
    return lines;
  }

  /** Puts {@link #stored()} into the stores. */
  void restore(List<String> lines) {
    for (String line : lines) {
      String[] parts = line.split(" ", 3);
      store(parts[0]).put(parts[1], HexFormat.of().parseHex(parts[2]));
    }
  }

  void passTime(Duration time) {
    driver.advanceWallClockTime(time);
  }

  double count(String meter, String... tags) {
    return registry.find(meter).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
  }

  KeyValueStore<String, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  @Override
  public void close() {
    driver.close();
  }
}
