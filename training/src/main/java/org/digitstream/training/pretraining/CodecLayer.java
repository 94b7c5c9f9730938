package org.digitstream.training.pretraining;

import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.PictureShape.FeatureMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A convolution and the deconvolution that undoes it, each with a rectifier (but see {@link
 * #isDecoderRectified}). The four parameters lie one after the other in one vector: encoder
 * weights, encoder biases, decoder weights, decoder biases. Close it when done.
 */
final class CodecLayer implements AutoCloseable {
  private final FeatureMap large;
  private final FeatureMap small;
  private final ConvolutionOperations encoder;
  private final ConvolutionOperations decoder;
  private final boolean decoderRectified;
  private final INDArray parameters;
  final INDArray encoderWeights;
  final INDArray encoderBias;
  final INDArray decoderWeights;
  final INDArray decoderBias;

  /**
   * A layer.
   *
   * @param values encoder and decoder, as in {@link Stage}
   */
  CodecLayer(EncoderStack stack, int index, float[] values) {
    PictureShape.Convolution layer = stack.layers().get(index);
    int[] kernel = stack.decoderKernel(index);
    decoderRectified = stack.isInputRectified(index);
    large = stack.maps().get(index);
    small = stack.maps().get(index + 1);
    encoder =
        new ConvolutionOperations(
            layer.kernelBands(), layer.kernelFrames(), layer.strideBands(), layer.strideFrames());
    decoder =
        new ConvolutionOperations(kernel[0], kernel[1], layer.strideBands(), layer.strideFrames());
    parameters = Nd4j.createFromArray(values);
    long[] encoderShape = {
      small.channels(), large.channels(), layer.kernelBands(), layer.kernelFrames()
    };
    long[] decoderShape = {small.channels(), large.channels(), kernel[0], kernel[1]};
    encoderWeights = part(parameters, 0, encoderShape);
    encoderBias = part(parameters, encoderWeights.length(), small.channels());
    decoderWeights = part(parameters, stack.encoderParameters(index), decoderShape);
    decoderBias =
        part(
            parameters, stack.encoderParameters(index) + decoderWeights.length(), large.channels());
  }

  private static INDArray part(INDArray vector, long from, long... shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    return vector.get(NDArrayIndex.interval(from, from + length)).reshape('c', shape);
  }

  /** The same places in another vector, such as one of gradients. */
  INDArray like(INDArray part, INDArray vector) {
    return part(vector, part.offset() - parameters.offset(), part.shape());
  }

  INDArray parameters() {
    return parameters;
  }

  FeatureMap large() {
    return large;
  }

  FeatureMap small() {
    return small;
  }

  ConvolutionOperations encoder() {
    return encoder;
  }

  ConvolutionOperations decoder() {
    return decoder;
  }

  /** Whether there is a rectifier after the deconvolution: not where the input may be negative. */
  boolean isDecoderRectified() {
    return decoderRectified;
  }

  /** Encodes. */
  void encode(INDArray from, INDArray to) {
    encoder.convolve(from, encoderWeights, encoderBias, to);
    ConvolutionOperations.rectify(to);
  }

  /** Decodes. */
  void decode(INDArray from, INDArray to) {
    decoder.deconvolve(from, decoderWeights, decoderBias, to);
    if (decoderRectified) {
      ConvolutionOperations.rectify(to);
    }
  }

  static INDArray memory(int batch, FeatureMap map) {
    return Nd4j.create(
        DataType.FLOAT, new long[] {batch, map.channels(), map.bands(), map.frames()}, 'c');
  }

  @Override
  public void close() {
    parameters.close();
  }
}
