package org.digitstream.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class EndedStreamsTest {
  /** Ends the stream that a record's key names, or removes it where the record has no value. */
  private static final class Ending implements Processor<byte[], byte[], byte[], byte[]> {
    private ProcessorContext<byte[], byte[]> context;
    private EndedStreams ended;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      ended = new EndedStreams(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      String id = new String(record.key());
      boolean before = ended.contains(id);
      if (record.value() == null) {
        ended.remove(id);
      } else {
        ended.add(id);
      }
      KeyValueStore<String, byte[]> goingOn = context.getStateStore("going-on");
      goingOn.put("live", new byte[] {1});
      String told = before + " " + ended.contains(id) + " " + ended.idsWith(goingOn);
      context.forward(record.withValue(told.getBytes()), RecordTopology.OUTPUT);
    }
  }

  @Test
  void streamsStayUntilTheyAreRemoved() {
    Topology topology = RecordTopology.of("in", "out", Map.of(), Ending::new, List.of("going-on"));
    try (TopologyTestDriver driver = new TopologyTestDriver(topology)) {
      TestInputTopic<byte[], byte[]> in =
          driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
      in.pipeInput("a".getBytes(), new byte[0]);
      in.pipeInput("b".getBytes(), new byte[0]);
      in.pipeInput("a".getBytes(), new byte[0]);
      in.pipeInput("a".getBytes(), (byte[]) null);
      in.pipeInput("a".getBytes(), (byte[]) null);

      TestOutputTopic<byte[], byte[]> out =
          driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
      assertThat(out.readValuesToList().stream().map(String::new))
          .containsExactly(
              "false true [live, a]",
              "false true [live, a, b]",
              "true true [live, a, b]",
              "true false [live, b]",
              "false false [live, b]");
    }
  }
}
