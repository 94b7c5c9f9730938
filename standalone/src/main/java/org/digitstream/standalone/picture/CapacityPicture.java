package org.digitstream.standalone.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.digitstream.standalone.capacity.CapacityLevel;
import org.digitstream.standalone.capacity.CapacityReport;
import org.digitstream.standalone.capacity.Stage;

/**
 * What more streams cost: on the left latency over the number of streams, with the limit as a
 * broken line; on the right the part of a core that each of them takes.
 */
public final class CapacityPicture {
  private static final int TICKS = 5;

  private final CapacityReport report;
  private final List<CapacityLevel> levels;
  private final double mostStreams;

  private CapacityPicture(CapacityReport report) {
    this.report = report;
    Map<Integer, CapacityLevel> byStreams = new TreeMap<>();
    for (CapacityLevel level : report.levels()) {
      if (level.latencyMillis() != null) {
        byStreams.put(level.streams(), level);
      }
    }
    levels = List.copyOf(byStreams.values());
    mostStreams = top(most(CapacityLevel::streams, 1));
  }

  /** Draws a report, of each number the last trial; levels in which no digit came are left out. */
  public static BufferedImage draw(CapacityReport report) {
    CapacityPicture picture = new CapacityPicture(report);
    BufferedImage left = picture.latency();
    BufferedImage right = picture.cost();
    BufferedImage both =
        new BufferedImage(
            left.getWidth() + right.getWidth(), left.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = both.createGraphics();
    graphics.drawImage(left, 0, 0, null);
    graphics.drawImage(right, left.getWidth(), 0, null);
    graphics.dispose();
    return both;
  }

  private BufferedImage latency() {
    double limit = report.settings().latencyMillis();
    // Far above the limit nobody needs to know how far.
    double top = top(Math.min(4 * limit, Math.max(limit, most(CapacityPicture::p99, limit))));
    Chart chart = new Chart("From capture to event", streams(), axis("ms", top));
    chart.dashes(0, limit, mostStreams, limit, Color.GRAY);
    line(chart, level -> level.latencyMillis().p50(), Chart.COLOURS.get(0));
    line(chart, CapacityPicture::p99, Chart.COLOURS.get(1));
    chart.legendUpperLeft(List.of("half of the digits are faster", "99 of 100 are faster"));
    return chart.image();
  }

  private BufferedImage cost() {
    double top = top(most(CapacityLevel::millicoresPerStream, 1));
    Chart chart =
        new Chart("One stream's part of a core", streams(), axis("thousandths of a core", top));
    line(chart, CapacityLevel::millicoresPerStream, Chart.COLOURS.get(0));
    line(chart, of(Stage.FEATURES), Chart.COLOURS.get(1));
    line(chart, of(Stage.INFERENCE), Chart.COLOURS.get(2));
    line(chart, of(Stage.BROKER), Chart.COLOURS.get(3));
    chart.legendUpperRight(List.of("all but the load", "features", "inference", "broker"));
    return chart.image();
  }

  private static double p99(CapacityLevel level) {
    return level.latencyMillis().p99();
  }

  private static ToDoubleFunction<CapacityLevel> of(Stage stage) {
    return level -> 1000 * level.coresOf(stage) / level.streams();
  }

  private double most(ToDoubleFunction<CapacityLevel> value, double otherwise) {
    return levels.stream().mapToDouble(value).max().orElse(otherwise);
  }

  private Chart.Axis streams() {
    return axis("streams at once", mostStreams);
  }

  private static Chart.Axis axis(String title, double top) {
    double tick = top / TICKS;
    return new Chart.Axis(
        title,
        0,
        top,
        tick,
        value -> String.format(Locale.ROOT, tick < 1 ? "%.1f" : "%.0f", value));
  }

  private void line(Chart chart, ToDoubleFunction<CapacityLevel> value, Color colour) {
    double[] xs = levels.stream().mapToDouble(CapacityLevel::streams).toArray();
    double[] ys = levels.stream().mapToDouble(value).toArray();
    chart.line(xs, ys, colour);
    for (int i = 0; i < xs.length; i++) {
      chart.dot(xs[i], ys[i], colour);
    }
  }

  /** The least of 1, 2, 2.5 and 5 times a power of ten that is at least so much. */
  private static double top(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-3))));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
