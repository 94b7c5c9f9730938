package org.digitstream.training.synthesis;

/**
 * A synthetic word at a set level, with the silence around it cut off. Synthetic speech has no
 * noise of its own, so what lies far below its peak is silence.
 */
final class CleanWord {
  private static final double PEAK = 32768 * Math.pow(10, -3 / 20.0);
  private static final double SILENCE = Math.pow(10, -48 / 20.0);
  private static final int MARGIN_MILLIS = 30;
  private static final int SHORTEST_MILLIS = 80;
  private static final int LONGEST_MILLIS = 5000;
  private static final int LEAST_PEAK = 200;

  private CleanWord() {}

  /**
   * Cuts and levels.
   *
   * @param samples 16-bit mono
   * @param sampleRateHz their rate
   * @return the word with 30 ms around it and its peak at -3 dBFS
   * @throws SynthesisException where this is no word: silent, or of an implausible length
   */
  static short[] of(short[] samples, int sampleRateHz) throws SynthesisException {
    int peak = 0;
    for (short sample : samples) {
      peak = Math.max(peak, Math.abs((int) sample));
    }
    if (peak < LEAST_PEAK) {
      throw new SynthesisException("what was spoken is silent");
    }
    int first = 0;
    while (Math.abs((int) samples[first]) < peak * SILENCE) {
      first++;
    }
    int last = samples.length - 1;
    while (Math.abs((int) samples[last]) < peak * SILENCE) {
      last--;
    }
    long millis = 1000L * (last - first + 1) / sampleRateHz;
    if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
      throw new SynthesisException(
          "what was spoken has "
              + millis
              + " ms, which is not within "
              + SHORTEST_MILLIS
              + ".."
              + LONGEST_MILLIS);
    }
    int margin = sampleRateHz * MARGIN_MILLIS / 1000;
    short[] word = new short[last - first + 1 + 2 * margin];
    for (int i = 0; i < word.length; i++) {
      int source = first - margin + i;
      if (source >= 0 && source < samples.length) {
        word[i] = (short) Math.round(samples[source] * (PEAK / peak));
      }
    }
    return word;
  }
}
