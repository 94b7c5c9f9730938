package org.digitstream.standalone.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.digitstream.training.evaluation.ConfusionMatrix;
import org.digitstream.training.evaluation.DigitAlignment;

/**
 * A confusion matrix as a picture: a row for each digit that was said, a column for each that was
 * heard, and one for none. The colour is the share of the row: blue where it is right, red where it
 * is wrong, on a scale of roots so that rare mistakes can be seen.
 */
final class ConfusionPicture {
  private static final int CELL = 48;
  private static final int LEFT = 84;
  private static final int TOP = 96;
  private static final int EDGE = 24;
  private static final int COLUMNS = 11;
  private static final int ROWS = 10;
  private static final Color INK = new Color(0x333333);
  private static final Color RIGHT = new Color(0x0072B2);
  private static final Color WRONG = new Color(0xD55E00);

  private final ConfusionMatrix matrix;
  private final Graphics2D graphics;

  private ConfusionPicture(ConfusionMatrix matrix, Graphics2D graphics) {
    this.matrix = matrix;
    this.graphics = graphics;
  }

  static BufferedImage draw(ConfusionMatrix matrix) {
    BufferedImage image =
        new BufferedImage(
            LEFT + COLUMNS * CELL + EDGE + 8, TOP + ROWS * CELL + EDGE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    new ConfusionPicture(matrix, graphics).draw();
    graphics.dispose();
    return image;
  }

  private void draw() {
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    graphics.drawString("What was said, and the candidate", LEFT, 30);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    graphics.drawString("heard", LEFT, TOP - 34);
    graphics.drawString("said", LEFT - 60, TOP + 4);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    for (int heard = 0; heard < COLUMNS; heard++) {
      centred(heard == ROWS ? "none" : Integer.toString(heard), left(heard), TOP - CELL + 10);
    }
    for (int said = 0; said < ROWS; said++) {
      graphics.setColor(INK);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
      centred(Integer.toString(said), LEFT - CELL, TOP + said * CELL);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      drawRow(said);
    }
  }

  /** "None" stands a little apart. */
  private static int left(int heard) {
    return LEFT + heard * CELL + (heard == ROWS ? 8 : 0);
  }

  private void drawRow(int said) {
    int all = 0;
    for (int heard = 0; heard < COLUMNS; heard++) {
      all += count(said, heard);
    }
    for (int heard = 0; heard < COLUMNS; heard++) {
      int count = count(said, heard);
      double strength = all == 0 ? 0 : Math.sqrt((double) count / all);
      graphics.setColor(mix(heard == said ? RIGHT : WRONG, strength));
      graphics.fillRect(left(heard) + 1, TOP + said * CELL + 1, CELL - 2, CELL - 2);
      graphics.setColor(strength > 0.6 ? Color.WHITE : INK);
      if (count > 0) {
        centred(Integer.toString(count), left(heard), TOP + said * CELL);
      }
    }
  }

  private int count(int said, int heard) {
    return matrix.count(said, heard == ROWS ? DigitAlignment.NONE : heard);
  }

  /** From nearly white to a colour. */
  private static Color mix(Color colour, double strength) {
    double part = Math.min(1, strength);
    return new Color(
        (int) Math.round(244 + (colour.getRed() - 244) * part),
        (int) Math.round(244 + (colour.getGreen() - 244) * part),
        (int) Math.round(244 + (colour.getBlue() - 244) * part));
  }

  private void centred(String text, int left, int top) {
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(
        text,
        left + (CELL - metrics.stringWidth(text)) / 2,
        top + (CELL + metrics.getAscent() - metrics.getDescent()) / 2);
  }
}
