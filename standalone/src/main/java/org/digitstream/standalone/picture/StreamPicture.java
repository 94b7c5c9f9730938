package org.digitstream.standalone.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.digitstream.training.continuous.StreamReport.Point;
import org.digitstream.training.continuous.StreamScore;
import org.digitstream.training.continuous.StreamSheet;

/**
 * What a threshold costs in streams: for each condition with digits the digit error rate and what
 * it is made of, and for those without digits the other words that are taken and the false alarms.
 * Broken lines are the thresholds of the models.
 */
public final class StreamPicture {
  private static final int COLUMNS = 2;
  private static final List<Double> TOPS = List.of(0.02, 0.05, 0.1, 0.2, 0.5, 1.0);
  private static final double GRID_LINES = 5;

  private final StreamSheet sheet;
  private final List<Point> curve;

  private StreamPicture(StreamSheet sheet, List<Point> curve) {
    this.sheet = sheet;
    this.curve = curve;
  }

  /**
   * Draws the curve.
   *
   * @param sheet what was heard
   * @param curve the scores at thresholds from 0 to 1, of the same conditions at each
   */
  public static BufferedImage draw(StreamSheet sheet, List<Point> curve) {
    return new StreamPicture(sheet, curve).draw();
  }

  private BufferedImage draw() {
    List<BufferedImage> charts = new ArrayList<>();
    List<Integer> words = new ArrayList<>();
    List<Integer> quiet = new ArrayList<>();
    List<StreamScore> conditions = curve.get(0).scores();
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).digits().strings() > 0) {
        charts.add(digits(i));
      } else if (conditions.get(i).otherWords() > 0) {
        words.add(i);
      } else {
        quiet.add(i);
      }
    }
    if (!words.isEmpty()) {
      charts.add(otherWords(words));
    }
    if (!quiet.isEmpty()) {
      charts.add(falseAlarms(quiet));
    }
    return tiled(charts);
  }

  private BufferedImage digits(int condition) {
    double[] rates = values(condition, score -> score.digits().digitErrorRate());
    double top = top(3 * least(rates));
    Chart chart =
        new Chart(
            curve.get(0).scores().get(condition).condition(),
            threshold(),
            Chart.Axis.percent("of the digits said", 0, top, top / GRID_LINES));
    marks(chart, top);
    chart.line(
        thresholds(),
        values(condition, score -> share(score.digits().deletions(), score)),
        Chart.COLOURS.get(3));
    chart.line(
        thresholds(),
        values(condition, score -> share(score.digits().insertions(), score)),
        Chart.COLOURS.get(2));
    chart.line(
        thresholds(),
        values(condition, score -> share(score.digits().substitutions(), score)),
        Chart.COLOURS.get(1));
    chart.line(thresholds(), rates, Chart.COLOURS.get(0));
    chart.legendUpperLeft(List.of("digit error rate", "substituted", "inserted", "missed"));
    return chart.image();
  }

  private BufferedImage otherWords(List<Integer> conditions) {
    double most = 0;
    for (int condition : conditions) {
      most = Math.max(most, values(condition, StreamScore::otherWordsTakenShare)[0]);
    }
    double top = top(most);
    Chart chart =
        new Chart(
            "Other words taken for digits",
            threshold(),
            Chart.Axis.percent("taken", 0, top, top / GRID_LINES));
    marks(chart, top);
    return lines(chart, conditions, StreamScore::otherWordsTakenShare);
  }

  private BufferedImage falseAlarms(List<Integer> conditions) {
    double most = 1;
    for (int condition : conditions) {
      most = Math.max(most, values(condition, StreamScore::falseAlarmsPerHour)[0]);
    }
    double power = Math.pow(10, Math.ceil(Math.log10(most)));
    double top = most <= power / 5 ? power / 5 : most <= power / 2 ? power / 2 : power;
    Chart chart =
        new Chart(
            "False alarms where nobody speaks",
            threshold(),
            new Chart.Axis(
                "an hour",
                0,
                top,
                top / GRID_LINES,
                value -> String.format(Locale.ROOT, top < 5 ? "%.1f" : "%.0f", value)));
    marks(chart, top);
    return lines(chart, conditions, StreamScore::falseAlarmsPerHour);
  }

  private BufferedImage lines(
      Chart chart, List<Integer> conditions, ToDoubleFunction<StreamScore> value) {
    List<Integer> shown = conditions.subList(0, Math.min(conditions.size(), Chart.COLOURS.size()));
    List<String> names = new ArrayList<>();
    for (int condition : shown) {
      chart.line(thresholds(), values(condition, value), Chart.COLOURS.get(names.size()));
      names.add(curve.get(0).scores().get(condition).condition());
    }
    chart.legendUpperRight(names);
    return chart.image();
  }

  private static Chart.Axis threshold() {
    return new Chart.Axis(
        "threshold", 0, 1, 0.1, value -> String.format(Locale.ROOT, "%.1f", value));
  }

  private void marks(Chart chart, double top) {
    for (StreamSheet.Part part : sheet.parts()) {
      chart.dashes(part.threshold(), 0, part.threshold(), top, Color.GRAY);
    }
  }

  private double[] thresholds() {
    return curve.stream().mapToDouble(Point::threshold).toArray();
  }

  private double[] values(int condition, ToDoubleFunction<StreamScore> value) {
    return curve.stream()
        .mapToDouble(point -> value.applyAsDouble(point.scores().get(condition)))
        .toArray();
  }

  private static double share(int errors, StreamScore score) {
    return (double) errors / score.digits().digits();
  }

  private static double least(double[] values) {
    double least = 1;
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  /** A round number above this share. */
  private static double top(double share) {
    return TOPS.stream().filter(top -> top >= share).findFirst().orElse(1.0);
  }

  private static BufferedImage tiled(List<BufferedImage> charts) {
    int wide = charts.get(0).getWidth();
    int high = charts.get(0).getHeight();
    int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage all =
        new BufferedImage(
            wide * Math.min(charts.size(), COLUMNS), high * rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int i = 0; i < charts.size(); i++) {
      graphics.drawImage(charts.get(i), i % COLUMNS * wide, i / COLUMNS * high, null);
    }
    graphics.dispose();
    return all;
  }
}
