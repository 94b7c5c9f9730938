package org.digitstream.training.pretraining;

/** Gives pictures back through all layers that are learned so far. */
@FunctionalInterface
public interface Autoencoder {
  /**
   * Encodes and decodes.
   *
   * @param examples each as {@code [channel][height][width]}
   * @return the same shape
   */
  float[][] reconstruct(float[][] examples);
}
