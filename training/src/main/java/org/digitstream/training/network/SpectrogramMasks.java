package org.digitstream.training.network;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Hides some bands or a few frames, by their mean (Park et al., SpecAugment, 2019). */
final class SpectrogramMasks {
  private static final double PROBABILITY = 0.4;
  private static final int MOST_BANDS = 7;
  private static final int MOST_FRAMES = 6;

  private SpectrogramMasks() {}

  /** Masks {@code input[band * frames + frame]}, whose mean is 0, in place. */
  static void apply(float[] input, int bands, int frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    if (random.nextDouble() < PROBABILITY) {
      int width = 1 + random.nextInt(MOST_BANDS);
      int first = random.nextInt(Math.max(1, bands - width));
      Arrays.fill(input, first * frames, Math.min(bands, first + width) * frames, 0);
    }
    if (random.nextDouble() < PROBABILITY) {
      int width = 1 + random.nextInt(MOST_FRAMES);
      int first = random.nextInt(Math.max(1, frames - width));
      for (int band = 0; band < bands; band++) {
        Arrays.fill(input, band * frames + first, band * frames + first + width, 0);
      }
    }
  }
}
