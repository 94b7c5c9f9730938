package org.digitstream.standalone.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A picture with two axes, drawn upon in the axes' own units. Whatever lies outside of the axes is
 * cut off. {@link #image()} ends the drawing.
 */
final class Chart {
  /** One axis. */
  record Axis(String title, double from, double to, double tick, DoubleFunction<String> label) {
    /** An axis of shares, labelled in percent. */
    static Axis percent(String title, double from, double to, double tick) {
      return new Axis(title, from, to, tick, value -> Math.round(100 * value) + " %");
    }
  }

  /** Colours that differ in brightness too: blue, orange, green, rose (Okabe and Ito, 2008). */
  static final List<Color> COLOURS =
      List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7));

  static final Color PALE = new Color(0xBBBBBB);

  private static final int WIDTH = 640;
  private static final int HEIGHT = 520;
  private static final int LEFT = 76;
  private static final int RIGHT = 28;
  private static final int TOP = 52;
  private static final int BOTTOM = 60;
  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE6E6E6);

  private final Axis x;
  private final Axis y;
  private final BufferedImage image;
  private final Graphics2D graphics;

  Chart(String title, Axis x, Axis y) {
    this(title, x, y, WIDTH, HEIGHT);
  }

  /** The same of another size, pixels. */
  Chart(String title, Axis x, Axis y, int wide, int high) {
    image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    this.x = x;
    this.y = y;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, wide, high);
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    graphics.drawString(title, LEFT, 30);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    drawAxes();
    // Dots on the edge stay whole.
    graphics.setClip(new Rectangle2D.Double(LEFT - 5, TOP - 5, width() + 10, height() + 10));
  }

  private double width() {
    return image.getWidth() - LEFT - RIGHT;
  }

  private double height() {
    return image.getHeight() - TOP - BOTTOM;
  }

  private double pixelX(double value) {
    return LEFT + (value - x.from) / (x.to - x.from) * width();
  }

  private double pixelY(double value) {
    return TOP + (y.to - value) / (y.to - y.from) * height();
  }

  private void drawAxes() {
    FontMetrics metrics = graphics.getFontMetrics();
    for (int i = 0; x.from + i * x.tick <= x.to + 1e-9; i++) {
      double value = x.from + i * x.tick;
      String label = x.label.apply(value);
      if (!label.isEmpty()) {
        grid(pixelX(value), TOP, pixelX(value), TOP + height());
      }
      graphics.drawString(
          label,
          (float) (pixelX(value) - metrics.stringWidth(label) / 2.0),
          (float) (TOP + height() + 18));
    }
    for (int i = 0; y.from + i * y.tick <= y.to + 1e-9; i++) {
      double value = y.from + i * y.tick;
      String label = y.label.apply(value);
      grid(LEFT, pixelY(value), LEFT + width(), pixelY(value));
      graphics.drawString(
          label,
          (float) (LEFT - 8 - metrics.stringWidth(label)),
          (float) (pixelY(value) + metrics.getAscent() / 2.0 - 1));
    }
    graphics.draw(new Rectangle2D.Double(LEFT, TOP, width(), height()));
    graphics.drawString(
        x.title,
        (float) (LEFT + (width() - metrics.stringWidth(x.title)) / 2),
        (float) (image.getHeight() - 18));
    graphics.rotate(-Math.PI / 2);
    graphics.drawString(
        y.title, (float) (-(TOP + (height() + metrics.stringWidth(y.title)) / 2)), 18f);
    graphics.rotate(Math.PI / 2);
  }

  private void grid(double fromX, double fromY, double toX, double toY) {
    graphics.setColor(GRID);
    graphics.draw(new Line2D.Double(fromX, fromY, toX, toY));
    graphics.setColor(INK);
  }

  /** A line through points; those with a value that is no number are passed over. */
  void line(double[] xs, double[] ys, Color colour) {
    stroke(xs, ys, colour, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** A thin broken line between two points. */
  void dashes(double fromX, double fromY, double toX, double toY, Color colour) {
    stroke(
        new double[] {fromX, toX},
        new double[] {fromY, toY},
        colour,
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0));
  }

  private void stroke(double[] xs, double[] ys, Color colour, BasicStroke stroke) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < xs.length; i++) {
      if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
        if (path.getCurrentPoint() == null) {
          path.moveTo(pixelX(xs[i]), pixelY(ys[i]));
        } else {
          path.lineTo(pixelX(xs[i]), pixelY(ys[i]));
        }
      }
    }
    graphics.setColor(colour);
    graphics.setStroke(stroke);
    graphics.draw(path);
  }

  /** A dot. */
  void dot(double atX, double atY, Color colour) {
    graphics.setColor(colour);
    graphics.fill(new Ellipse2D.Double(pixelX(atX) - 4, pixelY(atY) - 4, 8, 8));
  }

  /** A filled rectangle between two corners. */
  void box(double fromX, double fromY, double toX, double toY, Color colour) {
    graphics.setColor(colour);
    graphics.fill(
        new Rectangle2D.Double(
            pixelX(fromX) + 1,
            pixelY(toY),
            pixelX(toX) - pixelX(fromX) - 2,
            pixelY(fromY) - pixelY(toY)));
  }

  /** A word beside a place, so many pixels to the right of it and below it. */
  void text(String text, double atX, double atY, int right, int down) {
    graphics.setColor(INK);
    graphics.drawString(text, (float) (pixelX(atX) + right), (float) (pixelY(atY) + down));
  }

  /** What colours stand for, one below the other in the lower right corner. */
  void legend(List<String> names) {
    legend(
        names, LEFT + width() - legendWidth(names) - 10, TOP + height() - 20.0 * names.size() - 16);
  }

  /** The same in the upper left corner, for curves that rise. */
  void legendUpperLeft(List<String> names) {
    legend(names, LEFT + 10, TOP + 10);
  }

  /** The same in the upper right corner, for curves that fall. */
  void legendUpperRight(List<String> names) {
    legend(names, LEFT + width() - legendWidth(names) - 10, TOP + 10);
  }

  private int legendWidth(List<String> names) {
    return names.stream().mapToInt(graphics.getFontMetrics()::stringWidth).max().orElse(0) + 44;
  }

  private void legend(List<String> names, double left, double top) {
    int wide = legendWidth(names);
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(left, top, wide, 20.0 * names.size() + 6));
    for (int i = 0; i < names.size(); i++) {
      double middle = top + 13 + 20 * i;
      graphics.setColor(COLOURS.get(i));
      graphics.setStroke(new BasicStroke(2.2f));
      graphics.draw(new Line2D.Double(left + 8, middle, left + 30, middle));
      graphics.setColor(INK);
      graphics.drawString(names.get(i), (float) left + 38, (float) middle + 4);
    }
  }

  BufferedImage image() {
    graphics.dispose();
    return image;
  }
}
