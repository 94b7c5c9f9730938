package org.digitstream.inference.spotting;

import java.util.Arrays;

/**
 * What the network's last layer was given for the last outputs of a stream, by their index, in a
 * ring: 64 outputs, 1.3 s of the bundled model, 32 KB.
 */
final class HiddenHistory {
  /** A word that lasts longer than this is judged by its end. */
  static final int OUTPUTS = 64;

  private static final long NONE = Long.MIN_VALUE;

  private final int count;
  private final float[][] ring = new float[OUTPUTS][];
  private final long[] outputs = new long[OUTPUTS];

  /**
   * A history without anything in it.
   *
   * @param count values for each output
   */
  HiddenHistory(int count) {
    this.count = count;
    clear();
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(outputs, NONE);
  }

  /**
   * Remembers an output.
   *
   * @param output its index
   * @param values holds what the last layer was given
   * @param from where that begins
   */
  void add(long output, float[] values, int from) {
    int place = place(output);
    if (ring[place] == null) {
      ring[place] = new float[count];
    }
    System.arraycopy(values, from, ring[place], 0, count);
    outputs[place] = output;
  }

  /**
   * The mean over some outputs, of those that are remembered; zeros where none is.
   *
   * @param first the first of them
   * @param last the last one
   * @param now the newest output that counts; those {@value #OUTPUTS} and more before it do not
   * @param target takes the mean
   * @param to where it goes
   */
  void putMean(long first, long last, long now, float[] target, int to) {
    Arrays.fill(target, to, to + count, 0);
    int found = 0;
    for (long output = Math.max(first, now - OUTPUTS + 1); output <= last; output++) {
      int place = place(output);
      if (outputs[place] == output) {
        found++;
        for (int i = 0; i < count; i++) {
          target[to + i] += ring[place][i];
        }
      }
    }
    for (int i = 0; i < count && found > 0; i++) {
      target[to + i] /= found;
    }
  }

  private static int place(long output) {
    return (int) Math.floorMod(output, (long) OUTPUTS);
  }
}
