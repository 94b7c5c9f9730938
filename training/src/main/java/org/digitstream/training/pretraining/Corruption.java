package org.digitstream.training.pretraining;

import java.util.SplittableRandom;

/**
 * What is done to an autoencoder's input while the clean one is to be given back (Vincent et al.,
 * Stacked Denoising Autoencoders, 2010).
 *
 * @param maskedShare probability of each value to become 0, from 0 to less than 1
 * @param noiseDeviation standard deviation of normal noise that is added, at least 0
 */
public record Corruption(double maskedShare, double noiseDeviation) {
  /** Nothing: a plain autoencoder. */
  public static final Corruption NONE = new Corruption(0, 0);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public Corruption {
    if (!(maskedShare >= 0 && maskedShare < 1)) {
      throw new IllegalArgumentException("maskedShare " + maskedShare + " is not within 0..1");
    }
    if (!(noiseDeviation >= 0 && Double.isFinite(noiseDeviation))) {
      throw new IllegalArgumentException("noiseDeviation " + noiseDeviation + " is not 0 or more");
    }
  }

  /** Whether it does anything. */
  boolean isActive() {
    return maskedShare > 0 || noiseDeviation > 0;
  }

  /** Corrupts values in place. */
  void apply(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      if (noiseDeviation > 0) {
        values[i] += (float) (noiseDeviation * normal(random));
      }
      if (maskedShare > 0 && random.nextDouble() < maskedShare) {
        values[i] = 0;
      }
    }
  }

  /** Box and Muller, 1958: the generator has no normal numbers of its own in Java 17's type. */
  private static double normal(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
