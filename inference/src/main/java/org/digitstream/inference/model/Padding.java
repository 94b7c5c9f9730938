package org.digitstream.inference.model;

import java.util.Random;

/**
 * What fills a picture after the end of its word, in the features' own units: noise that is uniform
 * between two values, or one value where they are equal. It has to be what the network's pictures
 * were filled with in training.
 *
 * <p>The noise is the same in every picture, so that a digit depends on nothing but its frames.
 *
 * @param low the least value
 * @param high the greatest value, at least {@code low}
 */
public record Padding(float low, float high) {
  /**
   * Checks both values.
   *
   * @throws IllegalArgumentException quoting them
   */
  public Padding {
    if (!Float.isFinite(low) || !Float.isFinite(high) || high < low) {
      throw new IllegalArgumentException("padding " + low + ".." + high + " is no range");
    }
  }

  /** One value everywhere, such as the floor of the model's {@link Normalization}: silence. */
  public static Padding constant(float value) {
    return new Padding(value, value);
  }

  /** As many values as a picture has. */
  public float[] picture(int size) {
    // The algorithm of this generator is part of Java's specification.
    Random random = new Random(0);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = low + random.nextFloat() * (high - low);
    }
    return values;
  }
}
