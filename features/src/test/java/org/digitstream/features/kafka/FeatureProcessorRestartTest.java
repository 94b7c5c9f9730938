package org.digitstream.features.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;

class FeatureProcessorRestartTest {
  private static final FeatureSpec SPEC = FeatureSpec.NARROWBAND;

  /** A second processor over the same store is what a crash leaves behind. */
  @Property(tries = 50)
  void aCrashAfterAnyChunkChangesNoBit(@ForAll long seed) throws MalformedRecordException {
    Random random = new Random(seed);
    short[] samples = FeatureTopologyTest.noise(4_000);
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    addStore(context, FeatureTopology.STORE);
    addStore(context, EndedStreams.STORE);
    context.setRecordMetadata("audio-chunks", 0, 0);
    context.setCurrentSystemTimeMs(0);
    FeatureProcessor processor = processor(context);
    int from = 0;
    while (from < samples.length) {
      int to = Math.min(samples.length, from + 1 + random.nextInt(700));
      AudioChunk chunk =
          new AudioChunk(
              "s",
              "a",
              from,
              SPEC.sampleRateHz(),
              Arrays.copyOfRange(samples, from, to),
              0,
              GapReason.NONE,
              to == samples.length);
      Record<byte[], byte[]> record =
          new Record<>(
              "s".getBytes(StandardCharsets.UTF_8), new AudioChunkCodec().encode(chunk), 0);
      processor.process(record);
      if (random.nextInt(3) == 0) {
        processor = processor(context);
        if (random.nextBoolean()) {
          processor.process(record);
        }
      }
      from = to;
    }
    List<LogMelFrames> frames = new ArrayList<>();
    for (var forwarded : context.forwarded()) {
      frames.add(new LogMelFramesCodec().decode((byte[]) forwarded.record().value()));
    }
    assertThat(FeatureTopologyTest.values(frames))
        .isEqualTo(LogMelExtractor.extract(SPEC, samples));
    assertThat(frames.stream().filter(LogMelFrames::end)).hasSize(1);
  }

  private static FeatureProcessor processor(MockProcessorContext<byte[], byte[]> context) {
    FeatureProcessor processor =
        new FeatureProcessor(
            SPEC, Duration.ofMinutes(15), new Meters(new SimpleMeterRegistry(), "features"));
    processor.init(context);
    return processor;
  }

  private static void addStore(MockProcessorContext<byte[], byte[]> context, String name) {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
  }
}
