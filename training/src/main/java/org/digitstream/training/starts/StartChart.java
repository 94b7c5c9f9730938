package org.digitstream.training.starts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.digitstream.training.pretraining.StartMethod;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the right digits by number of takes: a panel for each column of the {@link StartReport}, a
 * line for each start, bars for the standard deviation over folds and seeds.
 */
public final class StartChart {
  /** Colours that people with colour-blindness can tell apart (Okabe and Ito, 2008). */
  private static final List<Color> COLOURS =
      List.of(new Color(0x333333), new Color(0x0072B2), new Color(0xD55E00));

  private static final int WIDTH = 400;
  private static final int HEIGHT = 400;

  /** Bars stand side by side. */
  private static final double APART = 0.09;

  private StartChart() {}

  /** A PNG file's content. */
  public static byte[] png(StartReport report) throws IOException {
    List<BufferedImage> panels = new ArrayList<>();
    for (StartReport.Column column : report.columns()) {
      panels.add(panel(report, column));
    }
    BufferedImage all =
        new BufferedImage(WIDTH * panels.size(), HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    for (int i = 0; i < panels.size(); i++) {
      graphics.drawImage(panels.get(i), i * WIDTH, 0, null);
    }
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(all, "png", bytes)) {
      throw new IOException("this Java cannot write PNG files");
    }
    return bytes.toByteArray();
  }

  private static BufferedImage panel(StartReport report, StartReport.Column column) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(column.title())
            .xAxisTitle("recordings of each digit and person")
            .yAxisTitle("right, percent")
            .build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    chart.getStyler().setPlotBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderColor(Color.LIGHT_GRAY);
    chart.getStyler().setPlotGridLinesColor(new Color(0xE6E6E6));
    chart.getStyler().setXAxisMin(-1.0).setXAxisMax((double) report.takes().size());
    chart.getStyler().setXAxisTickMarkSpacingHint(WIDTH / (report.takes().size() + 2));
    chart.getStyler().setXAxisTickLabelsFormattingFunction(place -> label(report.takes(), place));
    for (StartMethod method : StartMethod.values()) {
      addLine(chart, report, column, method);
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** What stands below a place of the axis: numbers of takes are one apart. */
  private static String label(List<Integer> takes, double place) {
    int index = (int) Math.round(place);
    if (Math.abs(place - index) < 1e-6 && index >= 0 && index < takes.size()) {
      return StartRun.takesText(takes.get(index));
    }
    // The chart leaves out ticks until no two labels are the same.
    return place < 0 ? "" : " ";
  }

  private static void addLine(
      XYChart chart, StartReport report, StartReport.Column column, StartMethod method) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < report.takes().size(); i++) {
      Spread right = report.right(report.takes().get(i), method, column);
      if (right.count() > 0) {
        points.add(
            new double[] {i + APART * (method.ordinal() - 1), right.mean(), right.deviation()});
      }
    }
    if (points.isEmpty()) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            method.id(),
            points.stream().mapToDouble(point -> point[0]).toArray(),
            points.stream().mapToDouble(point -> point[1]).toArray(),
            points.stream().mapToDouble(point -> point[2]).toArray());
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(COLOURS.get(method.ordinal()));
    series.setLineColor(COLOURS.get(method.ordinal()));
    series.setLineStyle(new BasicStroke(2f));
  }
}
