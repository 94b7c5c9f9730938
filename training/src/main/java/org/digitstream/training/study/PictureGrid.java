package org.digitstream.training.study;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws rows of spectrogram pictures in grey, low frequencies at the bottom. */
final class PictureGrid {
  private static final int LEFT = 72;
  private static final int GAP = 6;
  private static final int LEAST_SIDE = 64;

  private PictureGrid() {}

  /**
   * A row.
   *
   * @param title stands to the left of it
   * @param pictures {@code [band][frame]}, 0 black to 1 white; what is outside is the nearer end
   */
  record Row(String title, float[][] pictures) {}

  /** Draws; all rows have the same number of pictures of one size. */
  static BufferedImage draw(List<Row> rows, int bands, int frames) {
    int scale = Math.max(1, LEAST_SIDE / Math.max(bands, frames));
    int columns = rows.get(0).pictures().length;
    int width = frames * scale;
    int height = bands * scale;
    BufferedImage image =
        new BufferedImage(
            LEFT + columns * (width + GAP) + GAP,
            rows.size() * (height + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.setColor(Color.DARK_GRAY);
      for (int row = 0; row < rows.size(); row++) {
        int top = GAP + row * (height + GAP);
        graphics.drawString(rows.get(row).title(), GAP, top + height / 2 + 4);
        for (int column = 0; column < columns; column++) {
          float[] picture = rows.get(row).pictures()[column];
          fill(image, picture, bands, frames, scale, LEFT + column * (width + GAP), top);
        }
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void fill(
      BufferedImage image, float[] picture, int bands, int frames, int scale, int left, int top) {
    for (int y = 0; y < bands * scale; y++) {
      for (int x = 0; x < frames * scale; x++) {
        float value = picture[(bands - 1 - y / scale) * frames + x / scale];
        int grey = Math.round(255 * Math.max(0, Math.min(1, value)));
        image.setRGB(left + x, top + y, grey << 16 | grey << 8 | grey);
      }
    }
  }
}
