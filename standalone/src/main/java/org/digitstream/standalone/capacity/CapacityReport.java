package org.digitstream.standalone.capacity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a measurement of capacity found, as {@code --report} writes it.
 *
 * @param streams the largest number of streams that was held; 0 if none was
 * @param settings what was asked for
 * @param machine where it was measured
 * @param perStream what a stream takes at that number; null if none was held
 * @param costSpread how much the dearest held level costs over the cheapest one, for each stream,
 *     among those with at least {@value #FEWEST_FOR_SPREAD} streams; 1 is equal; null of fewer than
 *     two such levels
 * @param levels all that was measured, in order
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CapacityReport(
    int streams,
    Settings settings,
    Machine machine,
    PerStream perStream,
    Double costSpread,
    List<CapacityLevel> levels) {
  /** With fewer streams, what runs without any stream is most of the cost. */
  public static final int FEWEST_FOR_SPREAD = 10;

  /**
   * What was asked for.
   *
   * @param modelId the model
   * @param chunkMillis audio per chunk
   * @param processingGuarantee what a crash may do
   * @param partitions partitions of each topic
   * @param threads stream threads of each service
   * @param posteriors whether what the network gives out was written too
   * @param latencyMillis the largest p99
   * @param from the first number of streams
   * @param to the last one
   * @param step how exact
   * @param trials how often a number may fail before it counts as not held
   * @param warmUpSeconds what is passed over at the beginning of each level
   * @param seconds for how long each level is measured
   */
  public record Settings(
      String modelId,
      int chunkMillis,
      String processingGuarantee,
      int partitions,
      int threads,
      boolean posteriors,
      double latencyMillis,
      int from,
      int to,
      int step,
      int trials,
      double warmUpSeconds,
      double seconds) {}

  /**
   * Where it was measured.
   *
   * @param processor the processor's name, or its architecture where the system does not tell
   * @param cores that the process may use
   * @param memoryMebibytes of the machine
   * @param maxHeapMebibytes that the process may use
   * @param system the operating system
   * @param java the Java machine
   */
  public record Machine(
      String processor,
      int cores,
      long memoryMebibytes,
      long maxHeapMebibytes,
      String system,
      String java) {}

  /**
   * What one stream takes.
   *
   * @param millicores thousandths of a core, without the load and the measuring
   * @param millicoresByStage the same by {@link Stage#label()}, with them
   * @param generatorShare the part of all CPU time that makes the load, 0 to 1
   * @param heapKibibytes by which the heap in use grows with each stream, by least squares over all
   *     held levels; null of fewer than two numbers of streams
   * @param bytesPerSecondByTopic what is written to each topic
   */
  public record PerStream(
      double millicores,
      Map<String, Double> millicoresByStage,
      double generatorShare,
      Double heapKibibytes,
      Map<String, Double> bytesPerSecondByTopic) {}

  /** Sums levels up. */
  public static CapacityReport of(Settings settings, Machine machine, List<CapacityLevel> levels) {
    List<CapacityLevel> held = levels.stream().filter(CapacityLevel::held).toList();
    Optional<CapacityLevel> best =
        held.stream().max(Comparator.comparingInt(CapacityLevel::streams));
    return new CapacityReport(
        best.map(CapacityLevel::streams).orElse(0),
        settings,
        machine,
        best.map(level -> perStream(level, held)).orElse(null),
        costSpread(held),
        List.copyOf(levels));
  }

  private static PerStream perStream(CapacityLevel best, List<CapacityLevel> held) {
    Map<String, Double> millicores = new TreeMap<>();
    best.coresByStage()
        .forEach((stage, cores) -> millicores.put(stage, rounded(1000 * cores / best.streams())));
    Map<String, Double> bytes = new TreeMap<>();
    best.bytesPerSecondByTopic()
        .forEach((topic, rate) -> bytes.put(topic, rounded(rate / best.streams())));
    return new PerStream(
        rounded(best.millicoresPerStream()),
        millicores,
        rounded(best.generatorShare()),
        heapKibibytes(held),
        bytes);
  }

  private static Double heapKibibytes(List<CapacityLevel> held) {
    double meanStreams = held.stream().mapToInt(CapacityLevel::streams).average().orElse(0);
    double meanHeap = held.stream().mapToDouble(CapacityLevel::heapMebibytes).average().orElse(0);
    double together = 0;
    double square = 0;
    for (CapacityLevel level : held) {
      double off = level.streams() - meanStreams;
      together += off * (level.heapMebibytes() - meanHeap);
      square += off * off;
    }
    return square == 0 ? null : Double.valueOf(rounded(1024 * together / square));
  }

  private static Double costSpread(List<CapacityLevel> held) {
    double[] costs =
        held.stream()
            .filter(level -> level.streams() >= FEWEST_FOR_SPREAD)
            .mapToDouble(CapacityLevel::millicoresPerStream)
            .sorted()
            .toArray();
    return costs.length < 2 || costs[0] <= 0
        ? null
        : Double.valueOf(rounded(costs[costs.length - 1] / costs[0]));
  }

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** The report as JSON for a file. */
  public String toJson() {
    try {
      return JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(this)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report could not be written as JSON", e);
    }
  }
}
