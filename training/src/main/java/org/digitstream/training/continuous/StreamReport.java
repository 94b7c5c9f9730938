package org.digitstream.training.continuous;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.digitstream.training.evaluation.DigitScore;

/** What was heard in passages, for people and as JSON. */
public final class StreamReport {
  /** The curve has this many steps from a threshold of 0 to one of 1. */
  static final int CURVE_STEPS = 100;

  private final StreamSheet sheet;
  private final List<ThresholdChoice> choices;
  private final long seed;

  /**
   * A point of the operating curve.
   *
   * @param threshold of all models, 0 to 1
   * @param scores of each condition at that threshold
   */
  public record Point(float threshold, List<StreamScore> scores) {
    /** Copies the list. */
    public Point {
      scores = List.copyOf(scores);
    }
  }

  /**
   * A report at the thresholds that a sheet has.
   *
   * @param sheet what was heard
   * @param seed of the bootstrap's draws
   */
  public StreamReport(StreamSheet sheet, long seed) {
    this(sheet, List.of(), seed);
  }

  private StreamReport(StreamSheet sheet, List<ThresholdChoice> choices, long seed) {
    this.sheet = sheet;
    this.choices = List.copyOf(choices);
    this.seed = seed;
  }

  /**
   * A report at thresholds that were chosen for each part by the others.
   *
   * @param sheet what was heard; its own thresholds do not matter
   * @param mostTaken the largest share of the others' other words that a threshold may take, 0 to 1
   * @param seed of the bootstrap's draws
   * @throws IllegalArgumentException where no threshold can be chosen; see {@link ThresholdChoice}
   */
  public static StreamReport choosingThresholds(StreamSheet sheet, double mostTaken, long seed) {
    List<ThresholdChoice> choices = ThresholdChoice.of(sheet, mostTaken);
    return new StreamReport(ThresholdChoice.apply(sheet, choices), choices, seed);
  }

  /** What was heard, with the thresholds of this report. */
  public StreamSheet sheet() {
    return sheet;
  }

  private List<StreamScore> scores() {
    return StreamScore.of(sheet.hearingsAtThreshold(), 0, sheet.sampleRateHz());
  }

  private BootstrapIntervals intervals(StreamScore score) {
    return BootstrapIntervals.of(score.strings(), 31 * seed + score.condition().hashCode());
  }

  /** What every threshold would give, were it that of all parts: from 0 to 1 by 0.01. */
  public List<Point> curve() {
    List<Point> curve = new ArrayList<>();
    for (int step = 0; step <= CURVE_STEPS; step++) {
      float threshold = (float) step / CURVE_STEPS;
      curve.add(
          new Point(threshold, StreamScore.of(sheet.hearings(), threshold, sheet.sampleRateHz())));
    }
    return curve;
  }

  /** Tables as plain text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    List<StreamScore> scores = scores();
    digits(text, scores.stream().filter(score -> score.digits().strings() > 0).toList());
    line(text, "");
    noDigits(text, scores.stream().filter(score -> score.digits().strings() == 0).toList());
    line(text, "");
    for (StreamSheet.Part part : sheet.parts()) {
      line(
          text,
          "model %s, threshold %.2f%s",
          part.model(),
          part.threshold(),
          part.fold().isEmpty() ? "" : ", fold " + part.fold());
    }
    for (ThresholdChoice choice : choices) {
      line(
          text,
          "threshold %.2f for fold %s: of the others' digits it gets %s wrong, and takes %s of"
              + " their other words",
          choice.threshold(),
          choice.fold().isEmpty() ? "-" : choice.fold(),
          percent(choice.digitErrorRateOfOthers()),
          percent(choice.takenOfOthers()));
    }
    return text.toString();
  }

  private void digits(StringBuilder text, List<StreamScore> scores) {
    line(
        text,
        "%-28s %7s %7s %7s %12s %5s %5s %5s %9s %12s   %s",
        "digits said",
        "strings",
        "digits",
        "wrong",
        "95 %",
        "other",
        "more",
        "less",
        "strings",
        "95 %",
        "latency ms p50/p95/p99, worst person");
    for (StreamScore score : scores) {
      DigitScore digits = score.digits();
      BootstrapIntervals intervals = intervals(score);
      line(
          text,
          "%-28s %7d %7d %7s %12s %5d %5d %5d %9s %12s   %s%s",
          score.condition(),
          digits.strings(),
          digits.digits(),
          percent(digits.digitErrorRate()),
          range(intervals.digitErrorRate()),
          digits.substitutions(),
          digits.insertions(),
          digits.deletions(),
          percent(digits.stringErrorRate()),
          range(intervals.stringErrorRate()),
          latency(score),
          worst(score)
              .map(
                  worst -> ", " + worst.getKey() + " " + percent(worst.getValue().digitErrorRate()))
              .orElse(""));
    }
    for (BootstrapIntervals.Unit unit : BootstrapIntervals.Unit.values()) {
      String conditions =
          scores.stream()
              .filter(score -> intervals(score).unit() == unit)
              .map(score -> score.condition() + " (" + intervals(score).units() + ")")
              .collect(Collectors.joining("; "));
      if (!conditions.isEmpty()) {
        line(
            text,
            "95 %%: bootstrap over %s: %s",
            unit == BootstrapIntervals.Unit.PEOPLE
                ? "people"
                : "strings, since there are fewer than "
                    + BootstrapIntervals.LEAST_PEOPLE
                    + " people",
            conditions);
      }
    }
  }

  private static void noDigits(StringBuilder text, List<StreamScore> scores) {
    line(
        text,
        "%-28s %8s %8s %8s %17s %14s",
        "no digits said",
        "minutes",
        "words",
        "digits",
        "an hour (95 %)",
        "words taken");
    for (StreamScore score : scores) {
      line(
          text,
          "%-28s %8.1f %8d %8d %8.0f (< %.0f) %14s",
          score.condition(),
          score.seconds() / 60,
          score.otherWords(),
          score.falseAlarms(),
          score.falseAlarmsPerHour(),
          score.falseAlarmsPerHourAtMost(),
          score.otherWords() == 0 ? "-" : percent(score.otherWordsTakenShare()));
    }
    int words = scores.stream().mapToInt(StreamScore::otherWords).sum();
    if (words > 0) {
      int taken = scores.stream().mapToInt(StreamScore::otherWordsTaken).sum();
      line(
          text,
          "%-28s %8s %8d %8s %17s %14s",
          "other words, all",
          "",
          words,
          "",
          "",
          percent((double) taken / words));
    }
  }

  private static String latency(StreamScore score) {
    return score.latencyMillis().length == 0
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.0f/%.0f/%.0f",
            score.latencyMillis(50),
            score.latencyMillis(95),
            score.latencyMillis(99));
  }

  private static Optional<Map.Entry<String, DigitScore>> worst(StreamScore score) {
    return score.byPerson().entrySet().stream()
        .max(Comparator.comparingDouble(person -> person.getValue().digitErrorRate()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String range(BootstrapIntervals.Interval interval) {
    return String.format(Locale.ROOT, "%.1f-%.1f", 100 * interval.low(), 100 * interval.high());
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  /**
   * All of it as JSON.
   *
   * @param curve what {@link #curve()} gave
   */
  public ObjectNode json(List<Point> curve) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", 2).put("bootstrapSeed", seed);
    ArrayNode parts = json.putArray("parts");
    for (StreamSheet.Part part : sheet.parts()) {
      parts
          .addObject()
          .put("model", part.model())
          .put("threshold", part.threshold())
          .put("fold", part.fold());
    }
    ArrayNode chosen = json.putArray("chosenThresholds");
    for (ThresholdChoice choice : choices) {
      chosen
          .addObject()
          .put("fold", choice.fold())
          .put("threshold", choice.threshold())
          .put("digitErrorRateOfOthers", choice.digitErrorRateOfOthers())
          .put("otherWordsTakenShareOfOthers", choice.takenOfOthers());
    }
    ArrayNode conditions = json.putArray("conditions");
    scores().forEach(score -> put(conditions.addObject(), score));
    ArrayNode points = json.putArray("operatingCurve");
    for (Point point : curve) {
      ArrayNode scores =
          points.addObject().put("threshold", point.threshold()).putArray("conditions");
      point.scores().forEach(score -> putPoint(scores.addObject(), score));
    }
    return json;
  }

  private static void putPoint(ObjectNode json, StreamScore score) {
    json.put("condition", score.condition());
    if (score.digits().strings() > 0) {
      json.put("digitErrorRate", score.digits().digitErrorRate())
          .put("substitutions", score.digits().substitutions())
          .put("insertions", score.digits().insertions())
          .put("deletions", score.digits().deletions());
    } else {
      json.put("falseAlarmsPerHour", score.falseAlarmsPerHour());
      number(json, "otherWordsTakenShare", score.otherWordsTakenShare());
    }
  }

  private void put(ObjectNode json, StreamScore score) {
    json.put("condition", score.condition());
    put(json, score.digits());
    if (score.digits().strings() > 0) {
      BootstrapIntervals intervals = intervals(score);
      ObjectNode bootstrap =
          json.putObject("intervals")
              .put("drawn", intervals.unit().name().toLowerCase(Locale.ROOT))
              .put("units", intervals.units())
              .put("draws", BootstrapIntervals.DRAWS);
      put(bootstrap.putArray("digitErrorRate"), intervals.digitErrorRate());
      put(bootstrap.putArray("stringErrorRate"), intervals.stringErrorRate());
    }
    ArrayNode people = json.putArray("people");
    score
        .byPerson()
        .forEach((person, digits) -> put(people.addObject().put("person", person), digits));
    json.put("seconds", score.seconds())
        .put("falseAlarms", score.falseAlarms())
        .put("falseAlarmsPerHour", score.falseAlarmsPerHour())
        .put("falseAlarmsPerHourAtMost", score.falseAlarmsPerHourAtMost())
        .put("otherWords", score.otherWords())
        .put("otherWordsTaken", score.otherWordsTaken());
    number(json, "otherWordsTakenShare", score.otherWordsTakenShare());
    ObjectNode latency = json.putObject("latencyMillis");
    for (int percent : new int[] {50, 95, 99}) {
      number(latency, "p" + percent, score.latencyMillis(percent));
    }
  }

  private static void put(ArrayNode json, BootstrapIntervals.Interval interval) {
    json.add(interval.low()).add(interval.high());
  }

  /** JSON has no numbers that are not finite. */
  private static void number(ObjectNode json, String field, double value) {
    json.put(field, Double.isFinite(value) ? (Double) value : null);
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
