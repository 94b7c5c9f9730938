package org.digitstream.runtime.streams;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.digitstream.contract.Topics;

/**
 * The shape that the services' topologies share: one topic of bytes comes in, one processor with
 * its stores works on it, its output goes to one topic, and what it cannot use to the dead letters
 * of the topic that it came from.
 */
public final class RecordTopology {
  /** Where the processor forwards its output. */
  public static final String OUTPUT = "output";

  /** Where the processor forwards what it cannot use. */
  public static final String DEAD_LETTERS = "dead-letters";

  private static final String INPUT = "input";
  private static final String PROCESSOR = "processor";

  /** Restoring reads all of a changelog, so it is compacted often; only closed segments are. */
  private static final Map<String, String> CHANGELOG_SETTINGS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20),
          TopicConfig.SEGMENT_MS_CONFIG, Integer.toString(10 * 60_000),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2",
          TopicConfig.DELETE_RETENTION_MS_CONFIG, Integer.toString(60 * 60_000));

  private RecordTopology() {}

  /**
   * A topology of one processor.
   *
   * @param input the topic that comes in
   * @param output the topic that goes out
   * @param furtherOutputs further topics that go out, by the name that the processor forwards to
   * @param processors makes one processor for each partition
   * @param stores the names of its stores: each a map from text to bytes, in memory, with a
   *     changelog from which it is restored after a crash; one for {@link EndedStreams} comes with
   *     them
   */
  public static Topology of(
      String input,
      String output,
      Map<String, String> furtherOutputs,
      Supplier<? extends Processor<byte[], byte[], byte[], byte[]>> processors,
      List<String> stores) {
    ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier = processors::get;
    Topology topology =
        new Topology()
            .addSource(
                // A group without offsets begins with what there is: it may start after its input.
                AutoOffsetReset.earliest(),
                INPUT,
                // A record may carry any time, even none, and must not stop the service for it.
                new WallclockTimestampExtractor(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                input)
            .addProcessor(PROCESSOR, supplier, INPUT);
    stores.forEach(name -> topology.addStateStore(store(name).withCachingEnabled(), PROCESSOR));
    topology.addStateStore(store(EndedStreams.STORE), PROCESSOR);
    furtherOutputs.forEach(
        (name, topic) ->
            topology.addSink(
                name, topic, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR));
    return topology
        .addSink(OUTPUT, output, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR)
        .addSink(
            DEAD_LETTERS,
            Topics.deadLettersOf(input),
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            PROCESSOR);
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG_SETTINGS);
  }
}
