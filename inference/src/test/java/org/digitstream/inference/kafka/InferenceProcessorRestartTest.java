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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.runtime.metrics.Meters;

class InferenceProcessorRestartTest {
  private static final float[] SPEECH = Speech.frames(1, 1, 2, 3, 5, 8);

  /** A second processor over the same stores is what a crash leaves behind. */
  @Property(tries = 25)
  void aCrashAfterAnyRecordChangesNoBit(@ForAll long seed) throws MalformedRecordException {
    List<StreamEvent> calm = events(new Random(0), 0);
    assertThat(InferenceTopologyTest.digits(calm)).containsExactly(1, 1, 2, 3, 5, 8);
    assertThat(events(new Random(seed), 3)).isEqualTo(calm);
  }

  private static List<StreamEvent> events(Random random, int crashEvery)
      throws MalformedRecordException {
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    context.setRecordMetadata("log-mel-frames", 0, 0);
    context.setCurrentSystemTimeMs(0);
    addStore(context, InferenceTopology.CURSORS);
    addStore(context, InferenceTopology.BLOCKS);
    InferenceProcessor processor = processor(context);
    int count = SPEECH.length / Speech.BANDS;
    int from = 0;
    while (from < count) {
      int to = Math.min(count, from + 1 + random.nextInt(30));
      Record<byte[], byte[]> record = record(from, to, to == count);
      processor.process(record);
      if (crashEvery > 0 && random.nextInt(crashEvery) == 0) {
        processor = processor(context);
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

  private static Record<byte[], byte[]> record(int from, int to, boolean end) {
    LogMelFrames frames =
        new LogMelFrames(
            "s",
            "a",
            Speech.SPEC.id(),
            from,
            Speech.BANDS,
            Arrays.copyOfRange(SPEECH, from * Speech.BANDS, to * Speech.BANDS),
            0,
            end,
            to * 160L);
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

  private static InferenceProcessor processor(MockProcessorContext<byte[], byte[]> context) {
    InferenceProcessor processor =
        new InferenceProcessor(
            Speech.MODEL,
            Speech.Listener::new,
            Duration.ofMinutes(15),
            Clock.systemUTC(),
            new Meters(new SimpleMeterRegistry(), "inference"));
    processor.init(context);
    return processor;
  }
}
