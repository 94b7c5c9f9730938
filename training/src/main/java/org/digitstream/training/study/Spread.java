package org.digitstream.training.study;

import java.util.Locale;

/**
 * Numbers of several seeds, summed up.
 *
 * @param count how many
 * @param mean their mean
 * @param deviation sample standard deviation; 0 of a single one
 * @param least the smallest
 * @param most the largest
 */
record Spread(int count, double mean, double deviation, double least, double most) {
  /** Of at least one number. */
  static Spread of(double[] values) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    return new Spread(values.length, mean, deviation, least, most);
  }

  /** Such as {@code 0.951 ± 0.012}; a single number stands alone. */
  String text(int digits) {
    String number = "%." + digits + "f";
    return count < 2
        ? String.format(Locale.ROOT, number, mean)
        : String.format(Locale.ROOT, number + " ± " + number, mean, deviation);
  }
}
