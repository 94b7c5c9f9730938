package org.digitstream.standalone.capacity;

import java.util.Arrays;

/** Numbers that are measured one by one. Any number of threads. */
final class Measurements {
  private double[] values = new double[1024];
  private int count;

  synchronized void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  synchronized double[] toArray() {
    return Arrays.copyOf(values, count);
  }
}
