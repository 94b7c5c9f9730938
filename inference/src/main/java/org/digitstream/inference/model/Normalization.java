package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is done to a frame before the network sees it: {@code (clip(value) - mean[band]) /
 * standardDeviation[band]}, where clipping raises to the floor and lowers to the ceiling. Constants
 * of the model, so a frame's input never depends on other frames.
 *
 * @param floor values below it are raised to it, so that digital silence and the faintest hiss look
 *     alike
 * @param ceiling values above it are lowered to it; null where there is none
 * @param mean one per band
 * @param standardDeviation one per band, greater than 0
 */
public record Normalization(
    float floor,
    @JsonInclude(JsonInclude.Include.NON_NULL) Float ceiling,
    float[] mean,
    float[] standardDeviation) {
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
    if (ceiling != null && (!Float.isFinite(ceiling) || ceiling <= floor)) {
      throw new IllegalArgumentException(
          "ceiling " + ceiling + " is not greater than the floor " + floor);
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

  /** Without a ceiling. */
  public Normalization(float floor, float[] mean, float[] standardDeviation) {
    this(floor, null, mean, standardDeviation);
  }

  /**
   * From floor and ceiling to 0 and 1, the same in every band: {@code (clip(value) - floor) /
   * (ceiling - floor)}. The pictures of the study are {@code grey(64, -45, 45)}.
   */
  public static Normalization grey(int bands, float floor, float ceiling) {
    float[] mean = new float[bands];
    float[] range = new float[bands];
    Arrays.fill(mean, floor);
    Arrays.fill(range, ceiling - floor);
    return new Normalization(floor, ceiling, mean, range);
  }

  /** A value raised to the floor and lowered to the ceiling. */
  public float clip(float value) {
    float raised = Math.max(value, floor);
    return ceiling == null ? raised : Math.min(raised, ceiling);
  }

  /** The network's input for a value of a band. */
  public float apply(float value, int band) {
    return (clip(value) - mean[band]) / standardDeviation[band];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && floor == that.floor
        && Objects.equals(ceiling, that.ceiling)
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(standardDeviation, that.standardDeviation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(floor, ceiling, Arrays.hashCode(mean), Arrays.hashCode(standardDeviation));
  }

  @Override
  public String toString() {
    return "Normalization[floor="
        + floor
        + ", ceiling="
        + ceiling
        + ", mean="
        + Arrays.toString(mean)
        + ", standardDeviation="
        + Arrays.toString(standardDeviation)
        + "]";
  }
}
