package org.digitstream.standalone.capacity;

import java.util.Locale;
import java.util.Map;

/** What was measured, in words: a line for each level as it is known, and the sum of all. */
public final class CapacityTable {
  private CapacityTable() {}

  /** The heads of the columns. */
  public static String head() {
    return String.format(
        Locale.ROOT,
        "%7s  %8s  %8s  %6s  %6s  %6s  %10s  %6s  %8s%n",
        "streams",
        "p50 ms",
        "p99 ms",
        "lag s",
        "cores",
        "load",
        "m/stream",
        "heap",
        "resident");
  }

  /** One level. */
  public static String line(CapacityLevel level) {
    if (level.latencyMillis() == null) {
      return String.format(Locale.ROOT, "%7d  not held: %s%n", level.streams(), level.reason());
    }
    return String.format(
        Locale.ROOT,
        "%7d  %8.1f  %8.1f  %6.1f  %6.2f  %5.0f%%  %10.2f  %6.0f  %8.0f  %s%n",
        level.streams(),
        level.latencyMillis().p50(),
        level.latencyMillis().p99(),
        level.lagSeconds(),
        level.cores(),
        100 * level.generatorShare(),
        level.millicoresPerStream(),
        level.heapMebibytes(),
        level.residentMebibytes() == null ? Double.NaN : level.residentMebibytes(),
        level.held() ? "held" : "not held: " + level.reason());
  }

  /** What the columns mean. */
  public static String legend() {
    return "p50, p99: from the capture of a digit's last chunk to its event, of "
        + "which the load's own lateness is a part\n"
        + "load: the part of all CPU time that speaks; m/stream: thousandths of a core for each"
        + " stream without it\n"
        + "heap: MiB in use after a collection; resident: MiB in RAM\n";
  }

  /** The answer, and what a stream takes there. */
  public static String summary(CapacityReport report) {
    StringBuilder text = new StringBuilder();
    CapacityReport.Settings settings = report.settings();
    text.append(
        String.format(
            Locale.ROOT,
            "%d streams are held with chunks of %d ms, %s, p99 within %.0f ms%n",
            report.streams(),
            settings.chunkMillis(),
            settings.processingGuarantee(),
            settings.latencyMillis()));
    CapacityReport.PerStream one = report.perStream();
    if (one == null) {
      return text.toString();
    }
    text.append(
        String.format(
            Locale.ROOT,
            "each takes %.2f thousandths of a core; of all CPU time %.0f %% is the load%n",
            one.millicores(),
            100 * one.generatorShare()));
    text.append("thousandths of a core by stage:");
    one.millicoresByStage().forEach((stage, cores) -> append(text, stage, "%.2f", cores));
    text.append(String.format("%nbytes a second by topic:"));
    for (Map.Entry<String, Double> topic : one.bytesPerSecondByTopic().entrySet()) {
      if (topic.getValue() >= 0.5) {
        append(text, topic.getKey(), "%.0f", topic.getValue());
      }
    }
    text.append(String.format("%n"));
    if (one.heapKibibytes() != null) {
      text.append(
          String.format(Locale.ROOT, "heap for each stream: %.0f KiB%n", one.heapKibibytes()));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, String format, double value) {
    text.append(' ').append(name).append(' ').append(String.format(Locale.ROOT, format, value));
  }
}
