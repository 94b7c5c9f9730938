package org.digitstream.training.network;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exponential moving average of a network's weights, which generalizes better than the last of
 * them (Polyak and Juditsky, 1992; decay ramped up as in TensorFlow's ExponentialMovingAverage).
 */
final class WeightAverage {
  private final double decay;
  private final INDArray average;
  private int updates;

  WeightAverage(INDArray weights, double decay) {
    this.average = weights.dup();
    this.decay = decay;
  }

  void update(INDArray weights) {
    double d = Math.min(decay, (1.0 + updates) / (10.0 + updates));
    average.muli(d).addi(weights.mul(1 - d));
    updates++;
  }

  INDArray weights() {
    return average;
  }

  int updates() {
    return updates;
  }

  void restore(INDArray weights, int afterUpdates) {
    average.assign(weights);
    updates = afterUpdates;
  }
}
