package org.digitstream.standalone.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.Evaluation;
import org.digitstream.training.evaluation.OperatingCurve;
import org.digitstream.training.evaluation.Reliability;
import org.digitstream.training.evaluation.Tally;

/** The pictures of an evaluation. */
public final class EvaluationPictures {
  private static final int CURVE_POINTS = 1000;

  private EvaluationPictures() {}

  /** The pictures that there are recordings for, by the name of the file that each goes into. */
  public static Map<String, BufferedImage> of(Evaluation evaluation) {
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    if (!evaluation.digits().isEmpty()) {
      pictures.put("confusion.png", ConfusionPicture.draw(evaluation.confusion()));
      pictures.put("reliability.png", reliability(evaluation.reliability()));
      if (!evaluation.otherWords().isEmpty()) {
        pictures.put("operating-curve.png", operatingCurve(evaluation));
      }
    }
    if (!evaluation.noise().isEmpty()) {
      pictures.put("noise.png", noise(evaluation.noise()));
    }
    return pictures;
  }

  private static BufferedImage reliability(Reliability reliability) {
    Chart chart =
        new Chart(
            String.format(
                Locale.ROOT,
                "Confidence and truth: expected calibration error %.3f",
                reliability.expectedError()),
            Chart.Axis.percent("confidence of the candidate", 0, 1, 0.2),
            Chart.Axis.percent("right (bars: share of the answers)", 0, 1, 0.2));
    chart.dashes(0, 0, 1, 1, Color.GRAY);
    List<Reliability.Bin> filled =
        reliability.bins().stream().filter(bin -> bin.answers() > 0).toList();
    for (Reliability.Bin bin : filled) {
      double share = (double) bin.answers() / reliability.answers();
      chart.box(bin.above(), 0, bin.upTo(), share, Chart.PALE);
    }
    chart.line(
        filled.stream().mapToDouble(Reliability.Bin::meanConfidence).toArray(),
        filled.stream().mapToDouble(Reliability.Bin::rightShare).toArray(),
        Chart.COLOURS.get(0));
    for (Reliability.Bin bin : filled) {
      chart.dot(bin.meanConfidence(), bin.rightShare(), Chart.COLOURS.get(0));
    }
    return chart.image();
  }

  private static BufferedImage operatingCurve(Evaluation evaluation) {
    OperatingCurve alike = evaluation.operatingCurve();
    OperatingCurve balanced = evaluation.balancedOperatingCurve();
    double most = Math.max(alike.taken(0), balanced.taken(0));
    double right = most <= 0.1 ? 0.1 : most <= 0.5 ? 0.5 : 1;
    double low = Math.min(alike.found(0), balanced.found(0)) >= 0.8 ? 0.7 : 0;
    Chart chart =
        new Chart(
            "What a threshold costs",
            Chart.Axis.percent("other words taken for a digit", 0, right, right / 10),
            Chart.Axis.percent("digits found", low, 1, (1 - low) / (low > 0 ? 6 : 5)));
    chart.dashes(0, Evaluation.FOUND_SHARE, right, Evaluation.FOUND_SHARE, Color.GRAY);
    curve(chart, balanced, Chart.COLOURS.get(1));
    curve(chart, alike, Chart.COLOURS.get(0));
    for (int tenth = 1; tenth < 10; tenth++) {
      double threshold = tenth / 10.0;
      chart.dot(alike.taken(threshold), alike.found(threshold), Chart.COLOURS.get(0));
      chart.text(
          String.format(Locale.ROOT, "%.1f", threshold),
          alike.taken(threshold),
          alike.found(threshold),
          7,
          14);
    }
    chart.legend(List.of("recordings counted alike, with thresholds", "corpora counted alike"));
    return chart.image();
  }

  private static void curve(Chart chart, OperatingCurve curve, Color colour) {
    double[] taken = new double[CURVE_POINTS + 1];
    double[] found = new double[CURVE_POINTS + 1];
    for (int i = 0; i <= CURVE_POINTS; i++) {
      double threshold = (double) i / CURVE_POINTS;
      taken[i] = curve.taken(threshold);
      found[i] = curve.found(threshold);
    }
    chart.line(taken, found, colour);
  }

  private static BufferedImage noise(SortedMap<Double, Tally> levels) {
    List<Double> names = List.copyOf(levels.keySet());
    List<Tally> tallies = List.copyOf(levels.values());
    double worst = tallies.stream().mapToDouble(Tally::rightAtThresholdShare).min().orElse(0);
    double low = worst >= 0.8 ? 0.8 : worst >= 0.5 ? 0.5 : 0;
    Chart chart =
        new Chart(
            "Single digits in noise",
            new Chart.Axis(
                "signal-to-noise ratio over the word",
                -0.5,
                names.size() - 0.5,
                0.5,
                place -> levelName(names, place)),
            Chart.Axis.percent("right", low, 1, (1 - low) / 5));
    double[] places = new double[names.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    series(chart, places, tallies.stream().mapToDouble(Tally::rightAtThresholdShare).toArray(), 1);
    series(chart, places, tallies.stream().mapToDouble(Tally::rightShare).toArray(), 0);
    chart.legend(List.of("most confident candidate", "the stream at its threshold"));
    return chart.image();
  }

  private static void series(Chart chart, double[] xs, double[] ys, int colour) {
    chart.line(xs, ys, Chart.COLOURS.get(colour));
    for (int i = 0; i < xs.length; i++) {
      chart.dot(xs[i], ys[i], Chart.COLOURS.get(colour));
    }
  }

  /** Of the places 0, 1, 2; nothing between them. */
  private static String levelName(List<Double> levels, double place) {
    if (place != Math.rint(place) || place < 0 || place >= levels.size()) {
      return "";
    }
    double level = levels.get((int) place);
    return level == Answer.CLEAN ? "no noise" : String.format(Locale.ROOT, "%.0f dB", level);
  }
}
