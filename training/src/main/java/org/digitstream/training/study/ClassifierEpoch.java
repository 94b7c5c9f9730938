package org.digitstream.training.study;

/**
 * How good a classifier is on the whole of both parts.
 *
 * @param epoch passes over the training part so far; 0 before the first
 * @param trainingLoss mean cross-entropy in nats
 * @param trainingAccuracy share that is recognized, 0 to 1
 * @param testLoss mean cross-entropy in nats
 * @param testAccuracy share that is recognized, 0 to 1
 */
public record ClassifierEpoch(
    int epoch,
    double trainingLoss,
    double trainingAccuracy,
    double testLoss,
    double testAccuracy) {}
