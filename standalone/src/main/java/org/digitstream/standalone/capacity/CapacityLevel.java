package org.digitstream.standalone.capacity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.digitstream.standalone.replay.LatencyMillis;

/**
 * What was measured with one number of streams, after its warm-up.
 *
 * @param streams the number of streams
 * @param held whether it kept to the limits
 * @param reason why not; null if it did
 * @param seconds for how long it was measured
 * @param events digits that came in this time
 * @param latencyMillis from when the chunk was due that a digit came with, as if it had been
 *     captured then, to when the digit was received; null where none came
 * @param generatorLateMillis p99 of how late chunks left; part of the latency
 * @param lagSeconds by how much the service that was behind most was, at the end, in seconds of all
 *     streams' audio
 * @param lagGrowthSeconds by how much that had grown
 * @param cores cores that the process kept busy
 * @param coresByStage the same by {@link Stage#label()}
 * @param heapMebibytes heap that is in use right after a collection, all streams open
 * @param residentMebibytes memory of the process that is in RAM; null where the system does not
 *     tell
 * @param bytesPerSecondByTopic what was written to each topic, the broker's and Kafka Streams' own
 *     ones too
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CapacityLevel(
    int streams,
    boolean held,
    String reason,
    double seconds,
    long events,
    LatencyMillis latencyMillis,
    double generatorLateMillis,
    double lagSeconds,
    double lagGrowthSeconds,
    double cores,
    Map<String, Double> coresByStage,
    double heapMebibytes,
    Double residentMebibytes,
    Map<String, Double> bytesPerSecondByTopic) {

  /**
   * Cores that one stream takes, in thousandths, without what the load and the measuring take:
   * these are elsewhere where people speak.
   */
  @JsonIgnore
  public double millicoresPerStream() {
    return 1000
        * (cores - coresOf(Stage.GENERATOR) - coresOf(Stage.MEASURING))
        / Math.max(1, streams);
  }

  /** The part of the CPU time that makes the load, 0 to 1. */
  @JsonIgnore
  public double generatorShare() {
    return cores == 0 ? 0 : coresOf(Stage.GENERATOR) / cores;
  }

  /** Cores of a stage. */
  public double coresOf(Stage stage) {
    return coresByStage.getOrDefault(stage.label(), 0.0);
  }
}
