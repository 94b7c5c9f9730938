package org.digitstream.training.synthesis;

import java.util.Arrays;

/**
 * A synthetic word, or several without a pause, at a set level, with the silence around cut off.
 *
 * <p>Silence is what lies 45 dB below the loudest 10 ms: most synthetic speech has no noise of its
 * own, and the onset of a "three" is that weak. Voices that were cut from recordings breathe; for
 * them it is what lies within 10 dB of the recording's noise (its tenth percentile), but never less
 * than 38 dB below the loudest.
 */
final class CleanWord {
  private static final double PEAK = 32768 * Math.pow(10, -3 / 20.0);
  private static final double BELOW_LOUDEST_DB = 45;
  private static final double LEAST_RANGE_DB = 38;
  private static final double ABOVE_NOISE_DB = 10;
  private static final int FRAME_MILLIS = 10;
  static final int MARGIN_MILLIS = 30;
  private static final int SHORTEST_MILLIS = 80;
  private static final int LONGEST_MILLIS = 5000;
  private static final int LEAST_PEAK = 200;

  private CleanWord() {}

  /**
   * Cuts and levels.
   *
   * @param samples 16-bit mono
   * @param sampleRateHz their rate
   * @param words how many are said
   * @return the word with 30 ms around it and its peak at -3 dBFS
   * @throws SynthesisException where this is no speech: silent, or of an implausible length
   */
  static short[] of(short[] samples, int sampleRateHz, int words) throws SynthesisException {
    int frame = sampleRateHz * FRAME_MILLIS / 1000;
    int peak = 0;
    for (short sample : samples) {
      peak = Math.max(peak, Math.abs((int) sample));
    }
    if (peak < LEAST_PEAK || samples.length < frame) {
      throw new SynthesisException("what was spoken is silent");
    }
    double[] levelDb = levelsDb(samples, frame);
    double silenceDb = silenceDb(levelDb);
    int first = 0;
    while (levelDb[first] < silenceDb) {
      first++;
    }
    int end = levelDb.length;
    while (levelDb[end - 1] < silenceDb) {
      end--;
    }
    int millis = (end - first) * FRAME_MILLIS;
    if (millis < SHORTEST_MILLIS * words || millis > LONGEST_MILLIS * words) {
      throw new SynthesisException(
          "what was spoken has "
              + millis
              + " ms, which is not within "
              + SHORTEST_MILLIS * words
              + ".."
              + LONGEST_MILLIS * words);
    }
    int margin = sampleRateHz * MARGIN_MILLIS / 1000;
    short[] word = new short[(end - first) * frame + 2 * margin];
    for (int i = 0; i < word.length; i++) {
      int source = first * frame - margin + i;
      if (source >= 0 && source < samples.length) {
        word[i] = (short) Math.round(samples[source] * (PEAK / peak));
      }
    }
    return word;
  }

  private static double[] levelsDb(short[] samples, int frame) {
    double[] levelDb = new double[samples.length / frame];
    for (int f = 0; f < levelDb.length; f++) {
      double sum = 0;
      for (int i = f * frame; i < (f + 1) * frame; i++) {
        sum += (double) samples[i] * samples[i];
      }
      levelDb[f] = 10 * Math.log10(sum / frame + 1e-2);
    }
    return levelDb;
  }

  private static double silenceDb(double[] levelDb) {
    double[] sorted = levelDb.clone();
    Arrays.sort(sorted);
    double loudestDb = sorted[sorted.length - 1];
    double noiseDb = sorted[sorted.length / 10];
    return Math.min(
        loudestDb - LEAST_RANGE_DB,
        Math.max(loudestDb - BELOW_LOUDEST_DB, noiseDb + ABOVE_NOISE_DB));
  }
}
