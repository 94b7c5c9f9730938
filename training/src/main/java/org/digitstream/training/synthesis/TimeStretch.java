package org.digitstream.training.synthesis;

/**
 * Makes speech longer or shorter at the same pitch, by overlapping and adding pieces of the
 * waveform where they resemble each other most: WSOLA (W. Verhelst, M. Roelands, "An overlap-add
 * technique based on waveform similarity (WSOLA) for high quality time-scale modification of
 * speech", ICASSP 1993). Deterministic.
 */
final class TimeStretch {
  private static final int HOP_MILLIS = 20;
  // Half a period of the lowest voices.
  private static final int SEEK_MILLIS = 10;

  private final short[] samples;
  private final int hop;
  private final int seek;

  private TimeStretch(short[] samples, int sampleRateHz) {
    this.samples = samples;
    this.hop = sampleRateHz * HOP_MILLIS / 1000;
    this.seek = sampleRateHz * SEEK_MILLIS / 1000;
  }

  /**
   * Stretches speech.
   *
   * @param samples 16-bit mono
   * @param sampleRateHz their rate
   * @param factor how much longer it gets, 0.25 to 4
   * @return {@code round(factor * samples.length)} samples
   * @throws IllegalArgumentException where the factor is out of its bounds
   */
  static short[] stretch(short[] samples, int sampleRateHz, double factor) {
    if (!(factor >= 0.25 && factor <= 4)) {
      throw new IllegalArgumentException("a factor of " + factor + " is not within 0.25..4");
    }
    return new TimeStretch(samples, sampleRateHz).stretch(factor);
  }

  /** Pieces of two hops under a Hann window, so that each sample of the result is a sum of two. */
  private short[] stretch(double factor) {
    double[] result = new double[(int) Math.round(samples.length * factor)];
    int source = -hop;
    for (int at = -hop; at < result.length; at += hop) {
      if (at > -hop) {
        source = mostAlike((int) Math.round(at / factor), source + hop);
      }
      for (int i = Math.max(0, -at); i < 2 * hop && at + i < result.length; i++) {
        result[at + i] += sample(source + i) * 0.5 * (1 - Math.cos(Math.PI * i / hop));
      }
    }
    short[] rounded = new short[result.length];
    for (int i = 0; i < result.length; i++) {
      rounded[i] = (short) Math.max(-32768, Math.min(32767, Math.round(result[i])));
    }
    return rounded;
  }

  /** Where near a place the waveform goes on as it does after the last piece. */
  private int mostAlike(int near, int continuation) {
    int best = near;
    double bestLikeness = likeness(near, continuation);
    for (int distance = 1; distance <= seek; distance++) {
      for (int candidate : new int[] {near - distance, near + distance}) {
        double likeness = likeness(candidate, continuation);
        if (likeness > bestLikeness) {
          bestLikeness = likeness;
          best = candidate;
        }
      }
    }
    return best;
  }

  private double likeness(int candidate, int continuation) {
    double product = 0;
    double energy = 1;
    for (int i = 0; i < hop; i++) {
      double value = sample(candidate + i);
      product += value * sample(continuation + i);
      energy += value * value;
    }
    return product / Math.sqrt(energy);
  }

  private double sample(int index) {
    return index >= 0 && index < samples.length ? samples[index] : 0;
  }
}
