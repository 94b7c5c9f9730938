package org.digitstream.training.corpus;

import java.util.Arrays;

/**
 * Where the word is in a recording of one word: around its loudest place, for as long as its level
 * stays above a threshold with no long pause.
 *
 * <p>The threshold is 35 dB below the loudest 10 ms, or 8 dB above the recording's own noise (its
 * tenth percentile) where that is higher.
 *
 * @param startSample first sample of the word
 * @param endSample sample after its last one
 */
public record WordEndpoints(int startSample, int endSample) {
  private static final double BELOW_PEAK_DB = 35;
  private static final double ABOVE_NOISE_DB = 8;
  private static final double LEAST_RANGE_DB = 12;
  private static final int FRAME_MILLIS = 10;
  // A stop closure, as in "six" or "eight", is shorter than this.
  private static final int LONGEST_PAUSE_FRAMES = 14;

  /**
   * Finds the word.
   *
   * @param samples the recording, not empty
   * @param sampleRateHz its rate
   */
  public static WordEndpoints find(short[] samples, int sampleRateHz) {
    int frameSamples = sampleRateHz * FRAME_MILLIS / 1000;
    int frames = Math.max(1, samples.length / frameSamples);
    double[] levelDb = new double[frames];
    int loudest = 0;
    for (int frame = 0; frame < frames; frame++) {
      double sum = 0;
      int to = Math.min(samples.length, (frame + 1) * frameSamples);
      for (int i = frame * frameSamples; i < to; i++) {
        sum += (double) samples[i] * samples[i];
      }
      levelDb[frame] = 10 * Math.log10(sum / frameSamples + 1e-2);
      if (levelDb[frame] > levelDb[loudest]) {
        loudest = frame;
      }
    }
    double[] sorted = levelDb.clone();
    Arrays.sort(sorted);
    double noiseDb = sorted[frames / 10];
    double thresholdDb =
        Math.min(
            levelDb[loudest] - LEAST_RANGE_DB,
            Math.max(levelDb[loudest] - BELOW_PEAK_DB, noiseDb + ABOVE_NOISE_DB));
    int first = reach(levelDb, loudest, -1, thresholdDb);
    int last = reach(levelDb, loudest, 1, thresholdDb);
    int end = last == frames - 1 ? samples.length : (last + 1) * frameSamples;
    return new WordEndpoints(first * frameSamples, Math.min(samples.length, end));
  }

  private static int reach(double[] levelDb, int from, int step, double thresholdDb) {
    int reached = from;
    for (int frame = from; frame >= 0 && frame < levelDb.length; frame += step) {
      if (levelDb[frame] >= thresholdDb) {
        reached = frame;
      } else if (Math.abs(frame - reached) > LONGEST_PAUSE_FRAMES) {
        break;
      }
    }
    return reached;
  }
}
