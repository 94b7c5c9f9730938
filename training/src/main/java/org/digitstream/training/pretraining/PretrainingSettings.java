package org.digitstream.training.pretraining;

/**
 * How autoencoders are trained: Adam on the mean squared error.
 *
 * @param objective what later layers give back
 * @param corruption of the input
 * @param epochs passes over the examples, for each layer
 * @param batch examples per update
 * @param learningRate Adam's
 * @param seed of the first weights, the order of the examples and the corruption
 */
public record PretrainingSettings(
    Objective objective,
    Corruption corruption,
    int epochs,
    int batch,
    double learningRate,
    long seed) {
  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public PretrainingSettings {
    if (epochs < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "epochs " + epochs + " and batch " + batch + " must be at least 1");
    }
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learningRate " + learningRate + " is not positive");
    }
  }
}
