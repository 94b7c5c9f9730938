package org.digitstream.inference.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamSampler;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.inference.spotting.NetworkOutput;

/**
 * What the network gave out since it was last sent, stream by stream: a record for each call would
 * cost as much as the call. It is for people to look at, so it is kept nowhere else, and what had
 * not been sent when a service died is lost; and where more streams begin than anybody could
 * follow, a {@linkplain StreamSampler sample} of them is sent. One thread, that of its processor.
 */
final class GatheredPosteriors {
  /** What is held back of one stream, all by one model. */
  private static final class Held {
    private final List<NetworkOutput> outputs = new ArrayList<>();
    private final String source;
    private final String modelId;
    private Record<byte[], byte[]> last;

    Held(String source, String modelId) {
      this.source = source;
      this.modelId = modelId;
    }
  }

  private final ProcessorContext<byte[], byte[]> context;
  private final int strideFrames;
  private final int classes;
  private final RecordCodec<DigitPosteriors> codec = new DigitPosteriorsCodec();
  private final Map<String, Held> held = new LinkedHashMap<>();
  private final StreamSampler sampler = new StreamSampler();

  /** Streams that are under way and not in the sample. */
  private final Set<String> leftOut = new HashSet<>();

  /**
   * Nothing held.
   *
   * @param context takes the records
   * @param strideFrames frames from one output to the next
   * @param classes of each output
   */
  GatheredPosteriors(ProcessorContext<byte[], byte[]> context, int strideFrames, int classes) {
    this.context = context;
    this.strideFrames = strideFrames;
    this.classes = classes;
  }

  /** A stream begins. */
  void begins(String streamId) {
    if (!sampler.begins(streamId, context.currentSystemTimeMs())) {
      leftOut.add(streamId);
    }
  }

  /**
   * Holds outputs until the next {@link #send}, of a stream that was not left out.
   *
   * @param outputs in order
   * @param modelId what gave them
   * @param frames what they are of
   * @param record in which the frames came
   */
  void hold(
      List<NetworkOutput> outputs,
      String modelId,
      LogMelFrames frames,
      Record<byte[], byte[]> record) {
    if (outputs.isEmpty() || leftOut.contains(frames.streamId())) {
      return;
    }
    Held of = held.computeIfAbsent(frames.streamId(), id -> new Held(frames.source(), modelId));
    of.outputs.addAll(outputs);
    of.last = record;
  }

  /** No more will come of a stream; what is held of it is still sent. */
  void ends(String streamId) {
    leftOut.remove(streamId);
  }

  /** Sends what is held of all streams. */
  void send() {
    held.forEach(this::send);
    held.clear();
  }

  private void send(String streamId, Held of) {
    for (NetworkOutput output : NetworkOutput.joined(of.outputs, classes, strideFrames)) {
      DigitPosteriors value =
          new DigitPosteriors(
              streamId,
              of.source,
              of.modelId,
              output.firstFrame(),
              strideFrames,
              classes,
              output.probabilities());
      context.forward(
          new Record<>(of.last.key(), codec.encode(value), of.last.timestamp()),
          InferenceTopology.POSTERIORS);
    }
  }
}
