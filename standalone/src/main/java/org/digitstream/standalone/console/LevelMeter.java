package org.digitstream.standalone.console;

import java.util.Locale;
import org.digitstream.ingest.source.SoundLevel;

/**
 * The level of a microphone as a bar of text, −60 to 0 dB of full scale: the loudest peak since it
 * was last drawn. Any number of threads.
 */
public final class LevelMeter {
  private static final int WIDTH = 30;
  private static final double LEAST_DECIBEL = -60;

  private double peakDbfs = SoundLevel.SILENCE_DBFS;

  /** Takes a level in. */
  public synchronized void accept(SoundLevel level) {
    peakDbfs = Math.max(peakDbfs, level.peakDbfs());
  }

  /** The bar and the level; begins anew. */
  public synchronized String draw() {
    boolean silent = peakDbfs <= SoundLevel.SILENCE_DBFS;
    int full = (int) Math.round(Math.max(0, Math.min(1, 1 - peakDbfs / LEAST_DECIBEL)) * WIDTH);
    String text =
        "["
            + "=".repeat(full)
            + " ".repeat(WIDTH - full)
            + "] "
            + (silent ? "silence" : String.format(Locale.ROOT, "%3.0f dB", peakDbfs));
    peakDbfs = SoundLevel.SILENCE_DBFS;
    return text;
  }
}
