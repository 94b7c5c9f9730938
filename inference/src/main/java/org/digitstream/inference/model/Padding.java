package org.digitstream.inference.model;

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
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = low + share(i) * (high - low);
    }
    return values;
  }

  /** From 0 to 1, scattered: the i-th number of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static float share(int i) {
    long z = (i + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 40) * 0x1p-24f;
  }
}
