package org.digitstream.standalone.replay;

import java.util.Locale;

/** A report in words. */
public final class ReplaySummary {
  private ReplaySummary() {}

  /** Counts, rates, latency and speed, several lines. */
  public static String of(ReplayReport report) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%d recordings, %d digits: %d right, %d mistaken, %d inserted, %d missed",
        report.files(),
        report.digits(),
        report.correct(),
        report.substitutions(),
        report.insertions(),
        report.deletions());
    if (report.unlabelled() > 0) {
      line(text, "%d of them without a transcript, not scored", report.unlabelled());
    }
    line(
        text,
        "digit error rate %.2f %%, strings with an error %.2f %%",
        report.digitErrorRate() * 100,
        report.stringErrorRate() * 100);
    if (report.latencyMillis() != null) {
      line(
          text,
          "latency from the end of a word: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms",
          report.latencyMillis().p50(),
          report.latencyMillis().p95(),
          report.latencyMillis().p99());
    }
    line(
        text,
        "%.1f s of audio in %.1f s: %.1f times real time",
        report.audioSeconds(),
        report.wallSeconds(),
        report.speedFactor());
    if (report.modelId() != null) {
      line(text, "model %s", report.modelId());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
