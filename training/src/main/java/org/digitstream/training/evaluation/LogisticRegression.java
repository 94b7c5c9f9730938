package org.digitstream.training.evaluation;

/**
 * Logistic regression by Newton's method: the weights that make targets most likely. Steps that
 * would make them less likely are halved, so it ends at the one best place from anywhere. A ridge
 * of {@value #RIDGE} keeps weights finite where features tell the targets perfectly.
 */
final class LogisticRegression {
  private static final double RIDGE = 1e-3;
  private static final int MOST_STEPS = 200;
  private static final int MOST_HALVINGS = 40;
  private static final double SMALL_GAIN = 1e-12;

  private LogisticRegression() {}

  /**
   * Fits.
   *
   * @param targets probabilities, 0 to 1
   * @param features {@code features[f][i]}: value of feature {@code f} where the target is {@code
   *     targets[i]}
   * @return the constant, then the weight of each feature
   */
  static double[] fit(double[] targets, double[]... features) {
    double[] weights = new double[features.length + 1];
    double loss = loss(weights, targets, features);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = newtonStep(weights, targets, features);
      double[] next = weights;
      double nextLoss = Double.POSITIVE_INFINITY;
      double length = 1;
      for (int i = 0; i < MOST_HALVINGS && !(nextLoss <= loss); i++) {
        next = minus(weights, direction, length);
        nextLoss = loss(next, targets, features);
        length /= 2;
      }
      if (!(nextLoss <= loss)) {
        break;
      }
      double gain = loss - nextLoss;
      weights = next;
      loss = nextLoss;
      if (gain < SMALL_GAIN * (1 + loss)) {
        break;
      }
    }
    return weights;
  }

  private static double[] minus(double[] weights, double[] direction, double length) {
    double[] next = weights.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] -= length * direction[i];
    }
    return next;
  }

  private static double logOdds(double[] weights, double[][] features, int i) {
    double sum = weights[0];
    for (int f = 0; f < features.length; f++) {
      sum += weights[f + 1] * features[f][i];
    }
    return sum;
  }

  /** Less the logarithm of the likelihood, and the ridge. */
  private static double loss(double[] weights, double[] targets, double[][] features) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double z = logOdds(weights, features, i);
      sum += Math.max(z, 0) - targets[i] * z + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }
    for (int f = 1; f < weights.length; f++) {
      sum += RIDGE / 2 * weights[f] * weights[f];
    }
    return sum;
  }

  private static double[] newtonStep(double[] weights, double[] targets, double[][] features) {
    int size = weights.length;
    double[] gradient = new double[size];
    double[][] curvature = new double[size][size];
    double[] x = new double[size];
    x[0] = 1;
    for (int i = 0; i < targets.length; i++) {
      for (int f = 0; f < features.length; f++) {
        x[f + 1] = features[f][i];
      }
      double p = 1 / (1 + StrictMath.exp(-logOdds(weights, features, i)));
      for (int a = 0; a < size; a++) {
        gradient[a] += (p - targets[i]) * x[a];
        for (int b = 0; b < size; b++) {
          curvature[a][b] += p * (1 - p) * x[a] * x[b];
        }
      }
    }
    for (int f = 1; f < size; f++) {
      gradient[f] += RIDGE * weights[f];
      curvature[f][f] += RIDGE;
    }
    curvature[0][0] += 1e-12;
    return solve(curvature, gradient);
  }

  /** Gaussian elimination; the matrix is symmetric and positive, so no rows need be exchanged. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int column = 0; column < size; column++) {
      for (int row = column + 1; row < size; row++) {
        double factor = matrix[row][column] / matrix[column][column];
        for (int k = column; k < size; k++) {
          matrix[row][k] -= factor * matrix[column][k];
        }
        right[row] -= factor * right[column];
      }
    }
    double[] solution = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double sum = right[row];
      for (int k = row + 1; k < size; k++) {
        sum -= matrix[row][k] * solution[k];
      }
      solution[row] = sum / matrix[row][row];
    }
    return solution;
  }
}
