package org.digitstream.training.pretraining;

/** What the autoencoder of a later layer is to give back. They are the same for the first layer. */
public enum Objective {
  /**
   * Its own input, the output of the layer before it. What the earlier decoders make of it is left
   * to itself.
   */
  HIDDEN,
  /** The picture, through the decoders of the earlier layers, which stay as they are. */
  PICTURE
}
