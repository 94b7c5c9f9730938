package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

class MuonTest {
  private static final int OTHERS = 60;
  private static final int OUTPUTS = 20;
  private static final double STEP = 0.5;

  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepareThread();
  }

  private static INDArray random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Nd4j.create(values, new long[] {rows, columns}, 'c');
  }

  /** Columns of very different lengths, at right angles to each other. */
  private static INDArray scaledAxes() {
    INDArray matrix = Nd4j.zeros(OTHERS, OUTPUTS);
    for (int i = 0; i < OUTPUTS; i++) {
      matrix.putScalar(i, i, (i % 2 == 0 ? 1 : -1) * Math.pow(0.8, i));
    }
    return matrix;
  }

  private static GradientUpdater<Muon> updater(boolean outputsLast) {
    Muon muon = new Muon(new CosineSchedule(STEP, 0, 1000), 0.9, OUTPUTS, outputsLast);
    return muon.instantiate(Nd4j.zeros(OTHERS * OUTPUTS), true);
  }

  private static INDArray flat(INDArray matrix) {
    return matrix.dup('c').reshape('c', new long[] {OTHERS * OUTPUTS});
  }

  @Test
  void whatIsLongOrShortInAGradientIsLearnedAtTheSamePace() {
    INDArray orthogonal = MuonUpdater.orthogonalColumns(scaledAxes());
    for (int row = 0; row < OTHERS; row++) {
      for (int column = 0; column < OUTPUTS; column++) {
        float value = orthogonal.getFloat(row, column);
        if (row == column) {
          assertThat(column % 2 == 0 ? value : -value).isBetween(0.65f, 1.25f);
        } else {
          assertThat(value).isCloseTo(0, within(1e-4f));
        }
      }
    }
  }

  @Test
  void columnsAreAtRightAnglesAfterwards() {
    INDArray orthogonal = MuonUpdater.orthogonalColumns(random(OTHERS, OUTPUTS, 1));
    INDArray products = orthogonal.transpose().mmul(orthogonal);
    for (int i = 0; i < OUTPUTS; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        assertThat(products.getDouble(i, j)).isCloseTo(i == j ? 1 : 0, within(0.55));
      }
    }
    assertThat(products.sub(Nd4j.eye(OUTPUTS)).norm2Number().doubleValue())
        .isLessThan(0.3 * OUTPUTS);
  }

  @Test
  void theOrderInMemoryMakesNoDifference() {
    INDArray gradient = random(OTHERS, OUTPUTS, 2);
    INDArray last = flat(gradient);
    INDArray first = flat(gradient.transpose());
    updater(true).applyUpdater(last, 3, 0);
    updater(false).applyUpdater(first, 3, 0);
    assertThat(last.reshape('c', OTHERS, OUTPUTS).dup('c').data().asFloat())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(first.reshape('c', OUTPUTS, OTHERS).transpose().dup('c').data().asFloat());
  }

  @Test
  void howSteepTheLossIsMakesNoDifference() {
    INDArray gradient = flat(random(OTHERS, OUTPUTS, 3));
    INDArray steep = gradient.mul(1000);
    updater(true).applyUpdater(gradient, 3, 0);
    updater(true).applyUpdater(steep, 3, 0);
    assertThat(steep.data().asFloat())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(gradient.data().asFloat());
  }

  @Test
  void aStepIsAsLongAsTheScheduleSays() {
    INDArray gradient = flat(random(OTHERS, OUTPUTS, 4));
    updater(true).applyUpdater(gradient, 0, 0);
    assertThat(gradient.norm2Number().doubleValue() / Math.sqrt(OUTPUTS))
        .isBetween(0.65 * STEP, 1.25 * STEP);
  }

  @Test
  void momentumGoesOnWhereNoGradientIs() {
    GradientUpdater<Muon> updater = updater(true);
    INDArray gradient = flat(random(OTHERS, OUTPUTS, 5));
    INDArray none = Nd4j.zeros(OTHERS * OUTPUTS);
    updater.applyUpdater(gradient, 0, 0);
    updater.applyUpdater(none, 0, 0);
    assertThat(none.data().asFloat())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(gradient.data().asFloat());
  }
}
