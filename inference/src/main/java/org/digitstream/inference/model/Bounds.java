package org.digitstream.inference.model;

import java.util.List;

/** The checks that the parts of a model share. */
final class Bounds {
  private Bounds() {}

  /**
   * Checks a number of things.
   *
   * @throws IllegalArgumentException quoting it, where it is not within 1 and the most
   */
  static void requireWithin(String what, int value, int most) {
    requireWithin(what, value, 1, most);
  }

  /**
   * Checks a number of things.
   *
   * @throws IllegalArgumentException quoting it, where it is not within the least and the most
   */
  static void requireWithin(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + least + ".." + most);
    }
  }

  /**
   * Checks a probability.
   *
   * @throws IllegalArgumentException quoting it, where it is not within 0 and 1
   */
  static void requireProbability(String what, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " " + value + " is not within 0..1");
    }
  }

  /**
   * Checks that a value was given: a model file may lack it.
   *
   * @throws IllegalArgumentException naming it, where it was not
   */
  static <T> T requirePresent(String what, T value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return value;
  }

  /** An unmodifiable copy of a list, which must be present. */
  static <T> List<T> copy(String what, List<T> values) {
    return List.copyOf(requirePresent(what, values));
  }
}
