package org.digitstream.training.network;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * The steps of {@link Muon}: Nesterov's momentum, and five Newton-Schulz iterations that bring all
 * singular values of its matrix near 1 (between about 0.7 and 1.2; the polynomial is Jordan's).
 *
 * <p>The iterations work on the square of the matrix, which is as small as the layer has outputs,
 * and are applied to the matrix itself once, at the end: all of them are polynomials of that
 * square. That takes a third of the time.
 */
final class MuonUpdater implements GradientUpdater<Muon> {
  private static final String MOMENTUM = "momentum";
  private static final int ITERATIONS = 5;

  /** Coefficients of {@code a x + b x^3 + c x^5}. */
  private static final double A = 3.4445;

  private static final double B = -4.7750;
  private static final double C = 2.0315;

  private static final double LEAST_NORM = 1e-7;

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
    INDArray normed = matrix.div(matrix.norm2Number().doubleValue() + LEAST_NORM);
    INDArray square = normed.transpose().mmul(normed);
    INDArray factor = null;
    for (int i = 0; i < ITERATIONS; i++) {
      INDArray polynomial = square.mul(B).addi(square.mmul(square).muli(C));
      polynomial.addi(Nd4j.eye(square.rows()).muli(A));
      factor = factor == null ? polynomial : polynomial.mmul(factor);
      if (i + 1 < ITERATIONS) {
        square = polynomial.mmul(square).mmul(polynomial);
      }
    }
    return normed.mmul(factor);
  }
}
