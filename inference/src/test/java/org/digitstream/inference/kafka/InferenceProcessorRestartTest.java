package org.digitstream.inference.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.inference.SingleWords;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;

class InferenceProcessorRestartTest {
  private static final int[] SAID = {1, 1, 2, 3, 5, 8};

  /**
   * A model and a stream for it.
   *
   * @param model listens all the time, or waits for single words
   * @param classifiers runs it
   * @param frames what it is told
   */
  private record Listening(
      ModelBundle model, Supplier<? extends WindowClassifier> classifiers, float[] frames) {}

  private static final Listening CONTINUOUS =
      new Listening(Speech.MODEL, Speech.Listener::new, Speech.frames(SAID));

  private static final Listening WORD_BY_WORD =
      new Listening(
          SingleWords.MODEL,
          () -> KernelClassifier.load(SingleWords.MODEL),
          SingleWords.frames(SAID));

  /** A second processor over the same stores is what a crash leaves behind. */
  @Property(tries = 25)
  void aCrashAfterAnyRecordChangesNoBit(@ForAll long seed) throws MalformedRecordException {
    requireThatACrashChangesNoBit(CONTINUOUS, seed);
  }

  @Property(tries = 10)
  void noMoreWhereWordsAreHeardOneByOne(@ForAll long seed) throws MalformedRecordException {
    requireThatACrashChangesNoBit(WORD_BY_WORD, seed);
  }

  private static void requireThatACrashChangesNoBit(Listening listening, long seed)
      throws MalformedRecordException {
    List<StreamEvent> calm = events(listening, new Random(0), 0);
    assertThat(InferenceTopologyTest.digits(calm)).containsExactly(1, 1, 2, 3, 5, 8);
    assertThat(events(listening, new Random(seed), 3)).isEqualTo(calm);
  }

  private static List<StreamEvent> events(Listening listening, Random random, int crashEvery)
      throws MalformedRecordException {
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    context.setRecordMetadata("log-mel-frames", 0, 0);
    context.setCurrentSystemTimeMs(0);
    addStore(context, InferenceTopology.CURSORS);
    addStore(context, InferenceTopology.BLOCKS);
    addStore(context, EndedStreams.STORE);
    InferenceProcessor processor = processor(listening, context);
    int count = listening.frames.length / listening.model.featureSpec().bands();
    int from = 0;
    while (from < count) {
      int to = Math.min(count, from + 1 + random.nextInt(30));
      Record<byte[], byte[]> record = record(listening, from, to, to == count);
      processor.process(record);
      if (crashEvery > 0 && random.nextInt(crashEvery) == 0) {
        processor = processor(listening, context);
        if (random.nextBoolean()) {
          processor.process(record);
        }
      }
      from = to;
    }
    List<StreamEvent> events = new ArrayList<>();
    for (var forwarded : context.forwarded()) {
      events.add(new StreamEventCodec().decode((byte[]) forwarded.record().value()));
    }
    return events;
  }

  private static Record<byte[], byte[]> record(Listening listening, int from, int to, boolean end) {
    FeatureSpec spec = listening.model.featureSpec();
    int bands = spec.bands();
    LogMelFrames frames =
        new LogMelFrames(
            "s",
            "a",
            spec.id(),
            from,
            bands,
            Arrays.copyOfRange(listening.frames, from * bands, to * bands),
            0,
            end,
            (long) to * spec.hopSamples());
    return new Record<>(
        "s".getBytes(StandardCharsets.UTF_8), new LogMelFramesCodec().encode(frames), 0);
  }

  private static void addStore(MockProcessorContext<byte[], byte[]> context, String name) {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
  }

  private static InferenceProcessor processor(
      Listening listening, MockProcessorContext<byte[], byte[]> context) {
    InferenceProcessor processor =
        new InferenceProcessor(
            listening.model,
            listening.classifiers,
            Duration.ofMinutes(15),
            false,
            Clock.systemUTC(),
            new Meters(new SimpleMeterRegistry(), "inference"));
    processor.init(context);
    return processor;
  }
}
