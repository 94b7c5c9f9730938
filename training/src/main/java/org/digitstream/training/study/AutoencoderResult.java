package org.digitstream.training.study;

import java.util.List;
import org.digitstream.training.pretraining.EpochLoss;

/**
 * How an autoencoder learned.
 *
 * @param trainingPictures pictures trained on
 * @param samplesPerSecond pictures trained on per second
 * @param pictureLoss mean squared error per pixel of the test part's pictures, given back through
 *     all layers learned so far
 * @param epochs the loss that it was trained for
 */
public record AutoencoderResult(
    int trainingPictures, double samplesPerSecond, double pictureLoss, List<EpochLoss> epochs) {
  /** The last epoch. */
  public EpochLoss last() {
    return epochs.get(epochs.size() - 1);
  }
}
