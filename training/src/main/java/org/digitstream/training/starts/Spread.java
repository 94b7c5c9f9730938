package org.digitstream.training.starts;

import java.util.Locale;

/**
 * Some numbers, summed up.
 *
 * @param count how many
 * @param mean their mean; NaN of none
 * @param deviation sample standard deviation; 0 of a single one
 */
record Spread(int count, double mean, double deviation) {
  /** 0.975 quantiles of Student's t, for 1, 2, ... degrees of freedom; 1.96 beyond. */
  private static final double[] STUDENT = {
    12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12,
    2.11, 2.10, 2.09, 2.09
  };

  private static final int FEWEST = 3;

  static Spread of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(
        values.length, mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
  }

  /** Half of the 95 % interval of the mean; infinite of a single number. */
  double interval() {
    if (count < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double student = count - 2 < STUDENT.length ? STUDENT[count - 2] : 1.96;
    return student * deviation / Math.sqrt(count);
  }

  /** Whether the 95 % interval of the mean leaves out 0; fewer than three numbers say nothing. */
  boolean isBeyondChance() {
    return count >= FEWEST && Math.abs(mean) > interval();
  }

  /** Such as {@code 71.2 ± 8.1}; empty where there are no numbers. */
  String text() {
    return count == 0 ? "" : String.format(Locale.ROOT, "%.1f ± %.1f", mean, deviation);
  }

  /** Such as {@code +1.2 ± 3.4}, bold and with a star where it is beyond chance. */
  String differenceText() {
    if (count == 0) {
      return "";
    }
    String text = String.format(Locale.ROOT, "%+.1f ± %.1f", mean, deviation);
    return isBeyondChance() ? "**" + text + "** *" : text;
  }
}
