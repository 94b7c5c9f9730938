package org.digitstream.training.study;

import java.util.List;

/**
 * How a classifier learned.
 *
 * @param parameters weights and biases
 * @param trainingPictures pictures trained on
 * @param testPictures pictures tested on
 * @param testSpeakers people in the test part
 * @param samplesPerSecond pictures trained on per second
 * @param epochs from before the first on
 */
public record ClassifierResult(
    int parameters,
    int trainingPictures,
    int testPictures,
    List<String> testSpeakers,
    double samplesPerSecond,
    List<ClassifierEpoch> epochs) {
  /** The last epoch. */
  public ClassifierEpoch last() {
    return epochs.get(epochs.size() - 1);
  }
}
