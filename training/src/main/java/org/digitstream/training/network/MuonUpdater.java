package org.digitstream.training.network;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * The steps of {@link Muon}: Nesterov's momentum, and Newton-Schulz iterations that bring the
 * singular values of its matrix near 1 (between about 0.7 and 1.2; the polynomial is Jordan's).
 *
 * <p>The iterations work on the square of the matrix, which is as small as the layer has outputs,
 * and are applied to the matrix itself once, at the end: all of them are polynomials of that
 * square. The square also bounds the largest singular value better than the matrix does (by its
 * Schatten norm of order 4), which makes one iteration less as good. Both together take a fifth of
 * the time.
 */
final class MuonUpdater implements GradientUpdater<Muon> {
  private static final String MOMENTUM = "momentum";
  private static final int ITERATIONS = 4;

  /** Coefficients of {@code a x + b x^3 + c x^5}. */
  private static final float A = 3.4445f;

  private static final float B = -4.7750f;
  private static final float C = 2.0315f;

  /** Loops that begin at multiples of this many values leave nothing over on most machines. */
  private static final int VECTOR = 32;

  private static final double LEAST_NORM = 1e-20;

  private final Muon config;
  private INDArray momentum;

  MuonUpdater(Muon config) {
    this.config = config;
  }

  @Override
  public Muon getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    momentum = state.get(MOMENTUM);
    if (initialize) {
      momentum.assign(0);
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(MOMENTUM, momentum);
  }

  @Override
  public void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
    momentum = view;
    if (initialize) {
      momentum.assign(0);
    }
  }

  /** Puts the step in the place of the gradient. */
  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    momentum.muli(config.momentum()).addi(gradient);
    INDArray ahead = momentum.mul(config.momentum()).addi(gradient);
    long outputs = config.outputs();
    long others = gradient.length() / outputs;
    double length = config.getLearningRate(iteration, epoch);
    length *= Math.sqrt(Math.max(1, (double) outputs / others));
    INDArray step =
        config.outputsLast()
            ? orthogonalColumns(ahead.reshape('c', others, outputs))
            : orthogonalColumns(ahead.reshape('c', outputs, others).transpose()).transpose();
    gradient.assign(step.muli(length).dup('c').reshape('c', gradient.shape()));
  }

  /**
   * A matrix with the same singular vectors, and singular values near 1 as far as they are not
   * nearly 0.
   *
   * @param matrix at best with more rows than columns, or it takes longer
   */
  static INDArray orthogonalColumns(INDArray matrix) {
    float[][] square = rows(matrix.transpose().mmul(matrix));
    double norm = LEAST_NORM;
    for (float[] row : square) {
      for (float value : row) {
        norm += (double) value * value;
      }
    }
    norm = Math.sqrt(norm);
    multiply(square, (float) (1 / norm));
    float[][] factor = null;
    for (int i = 0; i < ITERATIONS; i++) {
      float[][] polynomial = polynomial(square);
      factor = factor == null ? polynomial : product(polynomial, factor);
      if (i + 1 < ITERATIONS) {
        square = product(product(polynomial, square), polynomial);
      }
    }
    multiply(factor, (float) (1 / Math.sqrt(norm)));
    return matrix.mmul(Nd4j.create(flat(factor), new long[] {factor.length, factor.length}, 'c'));
  }

  /** ND4J's own conversions go value by value. */
  private static float[][] rows(INDArray matrix) {
    float[] values = matrix.dup('c').data().asFloat();
    int columns = matrix.columns();
    float[][] rows = new float[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
    }
    return rows;
  }

  private static float[] flat(float[][] square) {
    float[] values = new float[square.length * square.length];
    for (int i = 0; i < square.length; i++) {
      System.arraycopy(square[i], 0, values, i * square.length, square.length);
    }
    return values;
  }

  /** {@code A + B x + C x^2}. */
  private static float[][] polynomial(float[][] matrix) {
    float[][] result = product(matrix, matrix);
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        result[i][j] = B * matrix[i][j] + C * result[i][j];
      }
      result[i][i] += A;
    }
    return result;
  }

  private static void multiply(float[][] matrix, float by) {
    for (float[] row : matrix) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= by;
      }
    }
  }

  /**
   * The product of two polynomials of one symmetric matrix, which is symmetric as well: half of it
   * is computed. For matrices this small a call of the native one costs more than its work.
   */
  private static float[][] product(float[][] left, float[][] right) {
    int size = left.length;
    float[][] product = new float[size][];
    for (int i = 0; i < size; i++) {
      // What is left of the diagonal was computed as what is above it, but for the rest of a
      // vector.
      float[] row = new float[size];
      int from = i & -VECTOR;
      int k = 0;
      for (; k + 4 <= size; k += 4) {
        addFour(row, from, left[i], k, right[k], right[k + 1], right[k + 2], right[k + 3]);
      }
      for (; k < size; k++) {
        addOne(row, from, left[i][k], right[k]);
      }
      for (int j = 0; j < from; j++) {
        row[j] = product[j][i];
      }
      product[i] = row;
    }
    return product;
  }

  private static void addFour(
      float[] sums, int from, float[] by, int k, float[] a, float[] b, float[] c, float[] d) {
    float byA = by[k];
    float byB = by[k + 1];
    float byC = by[k + 2];
    float byD = by[k + 3];
    for (int j = from; j < sums.length; j++) {
      sums[j] = (((sums[j] + byA * a[j]) + byB * b[j]) + byC * c[j]) + byD * d[j];
    }
  }

  private static void addOne(float[] sums, int from, float by, float[] a) {
    for (int j = from; j < sums.length; j++) {
      sums[j] += by * a[j];
    }
  }
}
