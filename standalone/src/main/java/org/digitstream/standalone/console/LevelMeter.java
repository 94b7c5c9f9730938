package org.digitstream.standalone.console;

import java.util.Locale;

/**
 * A level as a bar of text, so that people see whether their microphone hears them: −60 to 0 dB of
 * full scale, of the peak since the last time it was drawn. One thread.
 */
public final class LevelMeter {
  private static final int WIDTH = 30;
  private static final double LEAST_DECIBEL = -60;

  private int peak;

  /** Takes samples in. */
  public void accept(short[] samples) {
    for (short sample : samples) {
      peak = Math.max(peak, Math.abs((int) sample));
    }
  }

  /** The bar and the level; begins anew. */
  public String draw() {
    String text = draw(peak);
    peak = 0;
    return text;
  }

  /**
   * The bar of one peak.
   *
   * @param peak largest absolute sample value, 0 to 32768
   */
  static String draw(int peak) {
    double decibel = 20 * Math.log10(Math.max(peak, 1) / 32768.0);
    int full = peak == 0 ? 0 : (int) Math.round(Math.max(0, 1 - decibel / LEAST_DECIBEL) * WIDTH);
    String level = peak == 0 ? "silence" : String.format(Locale.ROOT, "%3.0f dB", decibel);
    return "[" + "=".repeat(full) + " ".repeat(WIDTH - full) + "] " + level;
  }
}
