package org.digitstream.training.continuous;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.digitstream.training.evaluation.DigitScore;

/** What was heard in passages, for people and as JSON. */
public final class StreamReport {
  private static final int THRESHOLDS = 20;

  private final String modelId;
  private final float threshold;
  private final int sampleRateHz;
  private final List<Hearing> hearings;

  /**
   * A report.
   *
   * @param modelId which model listened
   * @param threshold the least confidence that counts
   * @param sampleRateHz of the passages
   * @param hearings what was heard
   */
  public StreamReport(String modelId, float threshold, int sampleRateHz, List<Hearing> hearings) {
    this.modelId = modelId;
    this.threshold = threshold;
    this.sampleRateHz = sampleRateHz;
    this.hearings = List.copyOf(hearings);
  }

  /** Tables as plain text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    List<StreamScore> scores = StreamScore.of(hearings, threshold, sampleRateHz);
    line(
        text,
        "%-24s %7s %7s %7s %5s %5s %5s %9s   %s",
        "digits said",
        "strings",
        "digits",
        "wrong",
        "other",
        "more",
        "less",
        "strings",
        "latency ms p50/p95/p99, worst person");
    for (StreamScore score : scores) {
      DigitScore digits = score.digits();
      if (digits.strings() > 0) {
        line(
            text,
            "%-24s %7d %7d %7s %5d %5d %5d %9s   %.0f/%.0f/%.0f%s",
            score.condition(),
            digits.strings(),
            digits.digits(),
            percent(digits.digitErrorRate()),
            digits.substitutions(),
            digits.insertions(),
            digits.deletions(),
            percent(digits.stringErrorRate()),
            score.latencyMillis(50),
            score.latencyMillis(95),
            score.latencyMillis(99),
            worst(score)
                .map(
                    worst ->
                        ", " + worst.getKey() + " " + percent(worst.getValue().digitErrorRate()))
                .orElse(""));
      }
    }
    line(text, "");
    line(
        text,
        "%-24s %8s %8s %8s %17s %14s",
        "no digits said",
        "minutes",
        "words",
        "digits",
        "an hour (95 %)",
        "digits a word");
    for (StreamScore score : scores) {
      if (score.digits().strings() == 0) {
        line(
            text,
            "%-24s %8.1f %8d %8d %8.0f (< %.0f) %14s",
            score.condition(),
            score.seconds() / 60,
            score.otherWords(),
            score.falseAlarms(),
            score.falseAlarmsPerHour(),
            score.falseAlarmsPerHourAtMost(),
            score.otherWords() == 0
                ? "-"
                : percent((double) score.falseAlarms() / score.otherWords()));
      }
    }
    line(text, "");
    line(text, "model %s, threshold %.2f", modelId, threshold);
    return text.toString();
  }

  private static Optional<Map.Entry<String, DigitScore>> worst(StreamScore score) {
    return score.byPerson().entrySet().stream()
        .max(Comparator.comparingDouble(person -> person.getValue().digitErrorRate()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  /** All of it, and the operating curve over the threshold. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", 1).put("model", modelId).put("threshold", threshold);
    ArrayNode conditions = json.putArray("conditions");
    StreamScore.of(hearings, threshold, sampleRateHz)
        .forEach(score -> put(conditions.addObject(), score));
    ArrayNode curve = json.putArray("operatingCurve");
    for (int i = 0; i <= THRESHOLDS; i++) {
      float at = (float) i / THRESHOLDS;
      ObjectNode point = curve.addObject().put("threshold", at);
      ArrayNode points = point.putArray("conditions");
      for (StreamScore score : StreamScore.of(hearings, at, sampleRateHz)) {
        points
            .addObject()
            .put("condition", score.condition())
            .put("digitErrorRate", score.digits().digitErrorRate())
            .put("falseAlarmsPerHour", score.falseAlarmsPerHour());
      }
    }
    return json;
  }

  private static void put(ObjectNode json, StreamScore score) {
    json.put("condition", score.condition());
    put(json, score.digits());
    ArrayNode people = json.putArray("people");
    score
        .byPerson()
        .forEach((person, digits) -> put(people.addObject().put("person", person), digits));
    json.put("seconds", score.seconds())
        .put("falseAlarms", score.falseAlarms())
        .put("falseAlarmsPerHour", score.falseAlarmsPerHour())
        .put("falseAlarmsPerHourAtMost", score.falseAlarmsPerHourAtMost())
        .put("otherWords", score.otherWords());
    ObjectNode latency = json.putObject("latencyMillis");
    for (int percent : new int[] {50, 95, 99}) {
      double millis = score.latencyMillis(percent);
      latency.put("p" + percent, Double.isNaN(millis) ? null : (Double) millis);
    }
  }

  private static void put(ObjectNode json, DigitScore score) {
    json.put("strings", score.strings())
        .put("stringErrorRate", score.stringErrorRate())
        .put("digits", score.digits())
        .put("digitErrorRate", score.digitErrorRate())
        .put("substitutions", score.substitutions())
        .put("insertions", score.insertions())
        .put("deletions", score.deletions());
  }
}
