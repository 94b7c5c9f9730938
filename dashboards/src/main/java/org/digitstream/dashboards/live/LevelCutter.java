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
  private long squares;
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
    int from = 0;
    while (from < samples.length) {
      long piece = Math.floorDiv(firstSample + from, (long) pieceSamples);
      int left = (int) ((piece + 1) * pieceSamples - (firstSample + from));
      int to = Math.min(samples.length, from + left);
      add(samples, from, to);
      if (to - from == left) {
        if (count == pieceSamples) {
          listener.piece(piece, level(Math.sqrt((double) squares / pieceSamples)), level(peak));
        }
        count = 0;
        squares = 0;
        peak = 0;
      }
      from = to;
    }
    expected = firstSample + samples.length;
  }

  private void add(short[] samples, int from, int to) {
    long sum = 0;
    int most = 0;
    for (int i = from; i < to; i++) {
      int sample = samples[i];
      sum += (long) sample * sample;
      most = Math.max(most, Math.abs(sample));
    }
    squares += sum;
    peak = Math.max(peak, most);
    count += to - from;
  }

  private static byte level(double amplitude) {
    double db = amplitude <= 0 ? LEAST_DB : 20 * Math.log10(amplitude / 32_768);
    return (byte) Math.round(255 * (Math.max(LEAST_DB, Math.min(0, db)) - LEAST_DB) / -LEAST_DB);
  }
}
