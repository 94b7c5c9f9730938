package org.digitstream.training.study;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws how numbers change from epoch to epoch. */
final class CurveChart {
  /** Colours that people with colour-blindness can tell apart (Okabe and Ito, 2008). */
  static final List<Color> COLOURS =
      List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7));

  private static final Color GRID = new Color(0xE6E6E6);
  private static final int WIDTH = 480;
  private static final int HEIGHT = 380;

  private CurveChart() {}

  /**
   * A curve.
   *
   * @param title in the legend
   * @param firstEpoch of the first value
   * @param means one per epoch
   * @param deviations shown as bars; all 0 for none
   * @param colour of the line
   * @param dashed whether it is only there to compare with
   */
  record Curve(
      String title,
      int firstEpoch,
      double[] means,
      double[] deviations,
      Color colour,
      boolean dashed) {}

  /** One chart. */
  static BufferedImage draw(
      String title, String yTitle, Double least, Double most, List<Curve> curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle(yTitle)
            .build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Vertical)
        .setLegendBorderColor(Color.WHITE)
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    chart.getStyler().setPlotBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderColor(Color.LIGHT_GRAY);
    chart.getStyler().setPlotGridLinesColor(GRID);
    chart.getStyler().setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    chart.getStyler().setErrorBarsColorSeriesColor(true);
    chart.getStyler().setYAxisDecimalPattern("0.0##");
    if (least != null) {
      chart.getStyler().setYAxisMin(least);
    }
    if (most != null) {
      chart.getStyler().setYAxisMax(most);
    }
    for (Curve curve : curves) {
      add(chart, curve);
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void add(XYChart chart, Curve curve) {
    double[] epochs =
        IntStream.range(0, curve.means.length).mapToDouble(i -> i + curve.firstEpoch).toArray();
    boolean bars = IntStream.range(0, epochs.length).anyMatch(i -> curve.deviations[i] > 0);
    XYSeries series =
        bars && !curve.dashed
            ? chart.addSeries(curve.title, epochs, curve.means, curve.deviations)
            : chart.addSeries(curve.title, epochs, curve.means);
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(!curve.dashed);
    series.setLineColor(curve.colour);
    series.setLineStyle(
        curve.dashed
            ? new BasicStroke(
                1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0)
            : new BasicStroke(2f));
  }

  /** Pictures side by side, each with a title above where there is one. */
  static BufferedImage sideBySide(List<BufferedImage> pictures, List<String> titles) {
    int top = titles.isEmpty() ? 0 : 24;
    int gap = 12;
    int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum();
    int height = pictures.stream().mapToInt(BufferedImage::getHeight).max().orElse(1);
    BufferedImage together =
        new BufferedImage(
            width + gap * (pictures.size() - 1), height + top, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = together.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, together.getWidth(), together.getHeight());
    graphics.setColor(Color.DARK_GRAY);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    int left = 0;
    List<String> shown = new ArrayList<>(titles);
    for (BufferedImage picture : pictures) {
      graphics.drawImage(picture, left, top, null);
      if (!shown.isEmpty()) {
        graphics.drawString(shown.remove(0), left + 6, 17);
      }
      left += picture.getWidth() + gap;
    }
    graphics.dispose();
    return together;
  }
}
