package org.digitstream.training.pretraining;

/** Is told how the training of autoencoders goes on, from the thread that trains. */
public interface PretrainingProgress {
  /** Nobody is told. */
  PretrainingProgress NONE = examples -> {};

  /** After each update: how many examples it was made on. */
  void trained(int examples);

  /**
   * After each epoch.
   *
   * @param loss of the epoch
   * @param autoencoder as it is now; only good for the time of this call
   */
  default void epoch(EpochLoss loss, Autoencoder autoencoder) {}
}
