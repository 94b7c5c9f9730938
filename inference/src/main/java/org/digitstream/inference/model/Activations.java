package org.digitstream.inference.model;

/**
 * What a network gave out in one call.
 *
 * @param probabilities {@code probabilities[output * classes + class]}, which sum to 1 for each
 *     output
 * @param hidden {@code hidden[output * count + i]}: what the last layer was given, for a model
 *     whose {@link WordJudge} wants it; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
public record Activations(float[] probabilities, float[] hidden) {
  private static final float[] NONE = {};

  /** Of a network whose last layer alone is of interest. */
  public static Activations of(float[] probabilities) {
    return new Activations(probabilities, NONE);
  }
}
