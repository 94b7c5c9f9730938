package org.digitstream.training.sound;

/**
 * Makes speech longer or shorter at the same pitch, by overlapping and adding pieces of the
 * waveform where they resemble each other most: WSOLA (W. Verhelst, M. Roelands, "An overlap-add
 * technique based on waveform similarity (WSOLA) for high quality time-scale modification of
 * speech", ICASSP 1993). Deterministic.
 */
public final class TimeStretch {
  private static final int HOP_MILLIS = 20;
  // Half a period of the lowest voices.
  private static final int SEEK_MILLIS = 10;

  private final short[] samples;
  private final int hop;
  private final int seek;
  private final int step;

  /** The samples, with silence before and after them wherever a piece may reach. */
  private final double[] padded;

  private final int padding;

  private int best;
  private double bestLikeness;

  private TimeStretch(short[] samples, int sampleRateHz, int step) {
    this.samples = samples;
    this.hop = sampleRateHz * HOP_MILLIS / 1000;
    this.seek = sampleRateHz * SEEK_MILLIS / 1000;
    this.step = step;
    this.padding = 4 * (hop + seek);
    this.padded = new double[samples.length + 2 * padding];
    for (int i = 0; i < samples.length; i++) {
      padded[padding + i] = samples[i];
    }
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
  public static short[] stretch(short[] samples, int sampleRateHz, double factor) {
    return stretch(samples, sampleRateHz, factor, 1);
  }

  /**
   * Stretches speech in less time and less well: only every {@code step}th place is tried, and then
   * those around the best of them, on every {@code step}th sample.
   *
   * @param samples 16-bit mono
   * @param sampleRateHz their rate
   * @param factor how much longer it gets, 0.25 to 4
   * @param step at least 1
   * @return {@code round(factor * samples.length)} samples
   * @throws IllegalArgumentException where the factor is out of its bounds
   */
  public static short[] stretch(short[] samples, int sampleRateHz, double factor, int step) {
    if (!(factor >= 0.25 && factor <= 4)) {
      throw new IllegalArgumentException("a factor of " + factor + " is not within 0.25..4");
    }
    return new TimeStretch(samples, sampleRateHz, step).stretch(factor);
  }

  /** Pieces of two hops under a Hann window, so that each sample of the result is a sum of two. */
  private short[] stretch(double factor) {
    double[] result = new double[(int) Math.round(samples.length * factor)];
    double[] window = new double[2 * hop];
    for (int i = 0; i < window.length; i++) {
      window[i] = 0.5 * (1 - Math.cos(Math.PI * i / hop));
    }
    int source = -hop;
    for (int at = -hop; at < result.length; at += hop) {
      if (at > -hop) {
        source = mostAlike((int) Math.round(at / factor), source + hop);
      }
      for (int i = Math.max(0, -at); i < 2 * hop && at + i < result.length; i++) {
        result[at + i] += sample(source + i) * window[i];
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
    best = near;
    bestLikeness = likeness(near, continuation);
    for (int distance = 1; distance <= seek; distance += step) {
      consider(near - distance, continuation);
      consider(near + distance, continuation);
    }
    int about = best;
    for (int distance = 1; distance < step; distance++) {
      consider(about - distance, continuation);
      consider(about + distance, continuation);
    }
    return best;
  }

  private void consider(int candidate, int continuation) {
    double likeness = likeness(candidate, continuation);
    if (likeness > bestLikeness) {
      bestLikeness = likeness;
      best = candidate;
    }
  }

  private double likeness(int candidate, int continuation) {
    int from = within(candidate);
    int expected = within(continuation);
    double product = 0;
    double product2 = 0;
    double energy = 1;
    double energy2 = 0;
    int i = 0;
    // Two sums, as a processor does not wait for one to add to the other. All are whole numbers, so
    // none is rounded.
    for (; i < hop - step; i += 2 * step) {
      double value = padded[from + i];
      double value2 = padded[from + i + step];
      product += value * padded[expected + i];
      product2 += value2 * padded[expected + i + step];
      energy += value * value;
      energy2 += value2 * value2;
    }
    if (i < hop) {
      double value = padded[from + i];
      product += value * padded[expected + i];
      energy += value * value;
    }
    product += product2;
    energy += energy2;
    return product / Math.sqrt(energy);
  }

  /** Where a piece begins in the padded samples; one that is silent anyway stays within them. */
  private int within(int at) {
    return Math.max(0, Math.min(padding + at, padded.length - hop));
  }

  private double sample(int index) {
    return index >= 0 && index < samples.length ? samples[index] : 0;
  }
}
