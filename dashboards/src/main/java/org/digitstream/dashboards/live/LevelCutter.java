package org.digitstream.dashboards.live;

/**
 * Measures audio in pieces of one length that are cut by absolute sample index, however it comes:
 * root mean square and peak, each as a byte, {@code -96 + b * 96 / 255} dB of full scale. One
 * stream, one thread.
 */
final class LevelCutter {
  /** Takes a piece. */
  @FunctionalInterface
  interface Listener {
    /** Called with the number of the piece, which begins at {@code number * pieceSamples}. */
    void piece(long number, byte rms, byte peak);
  }

  private static final double LEAST_DB = -96;

  private final int pieceSamples;
  private final Listener listener;
  private long expected = -1;
  private double squares;
  private int peak;
  private int count;

  LevelCutter(int pieceSamples, Listener listener) {
    this.pieceSamples = pieceSamples;
    this.listener = listener;
  }

  /** Takes samples; a piece with samples missing is not told of. */
  void accept(long firstSample, short[] samples) {
    if (firstSample != expected) {
      count = 0;
      squares = 0;
      peak = 0;
    }
    for (int i = 0; i < samples.length; i++) {
      long index = firstSample + i;
      squares += (double) samples[i] * samples[i];
      peak = Math.max(peak, Math.abs((int) samples[i]));
      count++;
      if ((index + 1) % pieceSamples == 0) {
        if (count == pieceSamples) {
          listener.piece(
              index / pieceSamples, level(Math.sqrt(squares / pieceSamples)), level(peak));
        }
        count = 0;
        squares = 0;
        peak = 0;
      }
    }
    expected = firstSample + samples.length;
  }

  private static byte level(double amplitude) {
    double db = amplitude <= 0 ? LEAST_DB : 20 * Math.log10(amplitude / 32_768);
    return (byte) Math.round(255 * (Math.max(LEAST_DB, Math.min(0, db)) - LEAST_DB) / -LEAST_DB);
  }
}
