package org.digitstream.standalone.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured: a line of JSON for each disturbance and each round, and a table of all. */
final class CrashReport {
  private final Path lines;
  private final Map<Disturbance, List<Double>> recoveries = new EnumMap<>(Disturbance.class);
  private int rounds;
  private int failedRounds;
  private long digits;

  /** Writes to a file, which is begun anew. */
  CrashReport(Path lines) throws IOException {
    this.lines = lines;
    Files.createDirectories(lines.toAbsolutePath().getParent());
    Files.deleteIfExists(lines);
  }

  /**
   * Notes a disturbance.
   *
   * @param silences the longest time without an event in each partition, in seconds
   * @param together the same of all partitions together
   */
  void disturbed(long seed, int round, Disturbance what, List<Double> silences, double together)
      throws IOException {
    double worst = silences.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    recoveries.computeIfAbsent(what, kind -> new ArrayList<>()).add(worst);
    write(
        """
        {"seed":%d,"round":%d,"disturbance":"%s","recoverySeconds":%.3f,"byPartition":[%s],\
        "togetherSeconds":%.3f}"""
            .formatted(
                seed,
                round,
                what.name().toLowerCase(Locale.ROOT),
                worst,
                String.join(
                    ",",
                    silences.stream().map(s -> String.format(Locale.ROOT, "%.3f", s)).toList()),
                together));
  }

  /** Notes a round. */
  void ended(long seed, int round, double audioSeconds, long digits, List<String> differences)
      throws IOException {
    rounds++;
    failedRounds += differences.isEmpty() ? 0 : 1;
    this.digits += digits;
    write(
        """
        {"seed":%d,"round":%d,"audioSeconds":%.1f,"digits":%d,"differences":%d}"""
            .formatted(seed, round, audioSeconds, digits, differences.size()));
  }

  private void write(String line) throws IOException {
    Files.writeString(lines, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The longest and the median time without events in the partition that was hit worst. */
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d rounds, %d of them with differences, %d digits%n"
            .formatted(rounds, failedRounds, digits));
    text.append("| what | times | p50 s | worst s |\n| --- | --- | --- | --- |\n");
    List<Double> all = new ArrayList<>();
    recoveries.forEach(
        (what, seconds) -> {
          all.addAll(seconds);
          text.append(row(what.name().toLowerCase(Locale.ROOT).replace('_', ' '), seconds));
        });
    return text.append(row("all", all)).toString();
  }

  double worstSeconds() {
    return recoveries.values().stream()
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  private static String row(String name, List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return sorted.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "| %s | %d | %.1f | %.1f |%n",
            name,
            sorted.size(),
            sorted.get(sorted.size() / 2),
            sorted.get(sorted.size() - 1));
  }
}
