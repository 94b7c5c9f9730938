package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FloatSumsTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void addsEveryNumberOfValuesFromAnyPlace() {
    float[] a = new float[60];
    float[] b = new float[60];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) random.nextDouble(-1, 1);
      b[i] = (float) random.nextDouble(-1, 1);
    }
    for (int from = 0; from < 5; from++) {
      for (int count = 0; count <= a.length - from; count++) {
        double sum = 0;
        double product = 0;
        for (int i = from; i < from + count; i++) {
          sum += a[i];
          product += (double) a[i] * b[i];
        }
        assertThat(FloatSums.sum(a, from, count)).isCloseTo((float) sum, within(1e-5f));
        assertThat(FloatSums.product(a, b, from, count)).isCloseTo((float) product, within(1e-5f));
      }
    }
  }
}
