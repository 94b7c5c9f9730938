package org.digitstream.standalone.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.FeatureSpec.LogScale;
import org.digitstream.features.dsp.MelBands;

/**
 * Draws log-mel frames as a picture: time to the right in seconds, frequency upwards in Hz (evenly
 * spaced in mel), level by colour from 80 dB below the loudest value (dark) to the loudest
 * (yellow).
 */
public final class MelPicture {
  /**
   * A word to be shown in its place.
   *
   * @param fromSeconds where it begins
   * @param toSeconds where it ends
   * @param label what stands above it
   * @param faint whether it is only a guess
   */
  public record Word(double fromSeconds, double toSeconds, String label, boolean faint) {}

  /**
   * What is shown of a piece of a longer recording.
   *
   * @param firstSeconds where in the recording the first frame begins
   * @param atSeconds a moment to be marked
   * @param words stand above the picture
   */
  public record Place(double firstSeconds, double atSeconds, List<Word> words) {
    /** Copies the list. */
    public Place {
      words = List.copyOf(words);
    }
  }

  /** From the darkest to the brightest colour, in decibels. */
  public static final double RANGE_DECIBEL = 80;

  private static final int MOST_COLUMNS = 4000;
  private static final int LEFT = 56;
  private static final int RIGHT = 24;
  private static final int TITLE = 28;
  private static final int WORDS = 26;
  private static final Color WORD = new Color(0x009E73);
  private static final Color FAINT_WORD = new Color(0xBBBBBB);
  private static final int BOTTOM = 36;
  private static final int[] LABELLED_HZ = {100, 250, 500, 1000, 2000, 4000, 8000, 16_000};

  private final FeatureSpec spec;
  private final float[] values;
  private final int frames;
  private final int framesPerColumn;
  private final int columnPixels;
  private final int bandPixels;
  private final int top;
  private final Place place;

  private MelPicture(FeatureSpec spec, float[] values, Place place) {
    this.spec = spec;
    this.place = place;
    this.top = place == null ? TITLE : TITLE + WORDS;
    this.values = values;
    frames = values.length / spec.bands();
    framesPerColumn = (frames + MOST_COLUMNS - 1) / MOST_COLUMNS;
    columnPixels = Math.max(1, Math.min(4, 1600 / columns()));
    bandPixels = Math.max(2, 320 / spec.bands());
  }

  /**
   * Draws a picture; of very long recordings, the loudest of several frames in each column.
   *
   * @param title stands above it
   * @param spec what the frames were computed with
   * @param values {@code values[frame * bands + band]}, at least one frame
   * @throws IllegalArgumentException if there is no frame
   */
  public static BufferedImage draw(String title, FeatureSpec spec, float[] values) {
    return drawn(title, spec, values, null);
  }

  /**
   * Draws a piece of a longer recording, with the times of that.
   *
   * @param place where it lies and what is said there
   * @throws IllegalArgumentException if there is no frame
   */
  public static BufferedImage draw(String title, FeatureSpec spec, float[] values, Place place) {
    return drawn(title, spec, values, place);
  }

  private static BufferedImage drawn(String title, FeatureSpec spec, float[] values, Place place) {
    if (values.length < spec.bands()) {
      throw new IllegalArgumentException(
          "nothing to draw: the audio is shorter than one frame of "
              + spec.fftSamples()
              + " samples");
    }
    return new MelPicture(spec, values, place).draw(title);
  }

  private int columns() {
    return (frames + framesPerColumn - 1) / framesPerColumn;
  }

  private BufferedImage draw(String title) {
    int width = columns() * columnPixels;
    int height = spec.bands() * bandPixels;
    BufferedImage image =
        new BufferedImage(
            LEFT + Math.max(width, 240) + RIGHT, top + height + BOTTOM, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      fill(image);
      graphics.setColor(Color.DARK_GRAY);
      graphics.drawString(title, LEFT, TITLE - 10);
      drawTimes(graphics, top + height);
      drawFrequencies(graphics, height);
      if (place != null) {
        drawPlace(graphics, height);
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private void fill(BufferedImage image) {
    double perDecibel = spec.logScale() == LogScale.NATURAL ? Math.log(10) / 10 : 1;
    float loudest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      loudest = Math.max(loudest, value);
    }
    for (int column = 0; column < columns(); column++) {
      for (int band = 0; band < spec.bands(); band++) {
        double belowDecibel = (loudest - value(column, band)) / perDecibel;
        int rgb = ColourMap.rgb(1 - belowDecibel / RANGE_DECIBEL);
        int y0 = top + (spec.bands() - 1 - band) * bandPixels;
        for (int x = 0; x < columnPixels; x++) {
          for (int y = 0; y < bandPixels; y++) {
            image.setRGB(LEFT + column * columnPixels + x, y0 + y, rgb);
          }
        }
      }
    }
  }

  private float value(int column, int band) {
    float most = Float.NEGATIVE_INFINITY;
    int last = Math.min(frames, (column + 1) * framesPerColumn);
    for (int frame = column * framesPerColumn; frame < last; frame++) {
      most = Math.max(most, values[frame * spec.bands() + band]);
    }
    return most;
  }

  private double pixelsPerSecond() {
    return 1000 / spec.hopMillis() / framesPerColumn * columnPixels;
  }

  private double firstSeconds() {
    return place == null ? 0 : place.firstSeconds();
  }

  private int x(double seconds) {
    int x = LEFT + (int) Math.round((seconds - firstSeconds()) * pixelsPerSecond());
    return Math.max(LEFT, Math.min(LEFT + columns() * columnPixels, x));
  }

  private void drawTimes(Graphics2D graphics, int bottom) {
    double step = step(80 / pixelsPerSecond());
    double end = firstSeconds() + columns() * columnPixels / pixelsPerSecond();
    for (long i = (long) Math.ceil(firstSeconds() / step - 1e-9); i * step <= end; i++) {
      int x = x(i * step);
      graphics.drawLine(x, bottom, x, bottom + 4);
      String label = String.format(Locale.ROOT, step < 0.1 ? "%.2f s" : "%.1f s", i * step);
      graphics.drawString(label, x - graphics.getFontMetrics().stringWidth(label) / 2, bottom + 18);
    }
  }

  /** The words above the picture, and the moment as a line through it. */
  private void drawPlace(Graphics2D graphics, int height) {
    for (Word word : place.words()) {
      int from = x(word.fromSeconds());
      int to = x(word.toSeconds());
      graphics.setColor(word.faint() ? FAINT_WORD : WORD);
      graphics.fillRect(from, top - 6, Math.max(1, to - from), 4);
      graphics.setColor(Color.DARK_GRAY);
      int middle = (from + to - graphics.getFontMetrics().stringWidth(word.label())) / 2;
      graphics.drawString(word.label(), Math.max(LEFT, middle), top - 10);
    }
    graphics.setColor(Color.WHITE);
    graphics.setStroke(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0));
    int x = x(place.atSeconds());
    graphics.drawLine(x, top, x, top + height);
  }

  /** The least of 1, 2 and 5 times a power of ten that is at least so much. */
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private void drawFrequencies(Graphics2D graphics, int height) {
    double[] edges = MelBands.edgesHz(spec);
    FontMetrics metrics = graphics.getFontMetrics();
    for (int hz : LABELLED_HZ) {
      double band = bandOf(hz, edges);
      if (band >= 0 && band <= spec.bands() - 1) {
        int y = top + height - (int) Math.round((band + 0.5) * bandPixels);
        String label = hz < 1000 ? hz + " Hz" : hz / 1000 + " kHz";
        graphics.drawLine(LEFT - 5, y, LEFT - 1, y);
        graphics.drawString(
            label, LEFT - 8 - metrics.stringWidth(label), y + metrics.getAscent() / 2 - 1);
      }
    }
  }

  /** Where a frequency lies among the peaks of the bands; −1 below the first. */
  private static double bandOf(double hz, double[] edges) {
    for (int band = 0; band + 2 < edges.length; band++) {
      if (hz >= edges[band + 1] && hz <= edges[band + 2]) {
        return band + (hz - edges[band + 1]) / (edges[band + 2] - edges[band + 1]);
      }
    }
    return -1;
  }
}
