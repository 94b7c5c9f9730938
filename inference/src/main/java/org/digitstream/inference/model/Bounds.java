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
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " " + value + " is not within 1.." + most);
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
