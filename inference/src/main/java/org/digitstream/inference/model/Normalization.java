package org.digitstream.inference.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * What is done to a frame before the network sees it: {@code (max(value, floor) - mean[band]) /
 * standardDeviation[band]}. Constants of the model, so a frame's input never depends on other
 * frames.
 *
 * @param floor values below it are raised to it, so that digital silence and the faintest hiss look
 *     alike
 * @param mean one per band
 * @param standardDeviation one per band, greater than 0
 */
public record Normalization(float floor, float[] mean, float[] standardDeviation) {
  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException where lengths differ, or a value is not finite or not positive
   */
  public Normalization {
    Bounds.requirePresent("mean", mean);
    Bounds.requirePresent("standardDeviation", standardDeviation);
    if (mean.length != standardDeviation.length) {
      throw new IllegalArgumentException(
          mean.length + " means do not match " + standardDeviation.length + " standard deviations");
    }
    if (!Float.isFinite(floor)) {
      throw new IllegalArgumentException("floor is " + floor);
    }
    for (int band = 0; band < mean.length; band++) {
      if (!Float.isFinite(mean[band])
          || !(standardDeviation[band] > 0)
          || !Float.isFinite(standardDeviation[band])) {
        throw new IllegalArgumentException(
            "band "
                + band
                + ": mean "
                + mean[band]
                + ", standard deviation "
                + standardDeviation[band]);
      }
    }
  }

  /** The network's input for a value of a band. */
  public float apply(float value, int band) {
    return (Math.max(value, floor) - mean[band]) / standardDeviation[band];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && floor == that.floor
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(standardDeviation, that.standardDeviation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(floor, Arrays.hashCode(mean), Arrays.hashCode(standardDeviation));
  }

  @Override
  public String toString() {
    return "Normalization[floor="
        + floor
        + ", mean="
        + Arrays.toString(mean)
        + ", standardDeviation="
        + Arrays.toString(standardDeviation)
        + "]";
  }
}
