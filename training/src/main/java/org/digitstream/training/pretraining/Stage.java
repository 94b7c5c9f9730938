package org.digitstream.training.pretraining;

/**
 * What one autoencoder learned.
 *
 * @param encoder the convolution: {@code [output][input][height][width]}, then the biases, as in
 *     the model file; not copied
 * @param decoder the deconvolution that undoes it: {@code [input][output][height][width]}, then the
 *     biases; not copied
 */
public record Stage(float[] encoder, float[] decoder) {
  /**
   * Checks that it belongs to a layer of a stack.
   *
   * @throws IllegalArgumentException where the numbers of weights differ, quoting them
   */
  public void requireFits(EncoderStack stack, int layer) {
    if (encoder.length != stack.encoderParameters(layer)
        || decoder.length != stack.decoderParameters(layer)) {
      throw new IllegalArgumentException(
          String.format(
              "an autoencoder of another network: %d and %d weights, where layer %d has %d and %d",
              encoder.length,
              decoder.length,
              layer + 1,
              stack.encoderParameters(layer),
              stack.decoderParameters(layer)));
    }
  }
}
