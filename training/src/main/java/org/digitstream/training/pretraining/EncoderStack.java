package org.digitstream.training.pretraining;

import java.util.List;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.PictureShape.Convolution;
import org.digitstream.inference.model.PictureShape.FeatureMap;

/**
 * The convolutions of a network of pictures, each with a bias and a rectifier: what an autoencoder
 * learns for it.
 *
 * @param shape the network; its dense layer takes no part
 * @param signed whether the picture may be negative: then what gives it back has no rectifier
 */
public record EncoderStack(PictureShape shape, boolean signed) {
  /**
   * Checks that every convolution can be undone.
   *
   * @throws IllegalArgumentException quoting a stride that is greater than its kernel
   */
  public EncoderStack {
    for (Convolution layer : shape.convolutions()) {
      requireStride("strideBands", layer.strideBands(), layer.kernelBands());
      requireStride("strideFrames", layer.strideFrames(), layer.kernelFrames());
    }
  }

  /** Of a network whose pictures are never negative. */
  public static EncoderStack of(PictureShape shape) {
    return new EncoderStack(shape, false);
  }

  /** The same of pictures that may be negative. */
  public EncoderStack withSignedInput() {
    return new EncoderStack(shape, true);
  }

  /** Whether a layer's input is rectified, so that what gives it back is rectified as well. */
  boolean isInputRectified(int layer) {
    return layer > 0 || !signed;
  }

  /** The convolutions, input side first. */
  public List<Convolution> layers() {
    return shape.convolutions();
  }

  /** The picture and the output of every layer, in order. */
  public List<FeatureMap> maps() {
    return shape.maps();
  }

  /**
   * The kernel with which a deconvolution of the layer's own stride gives the layer's input back in
   * its whole size: the layer's own, or larger by what its stride leaves over. So the kernel 6 with
   * stride 2 over a side of 13 is undone by a kernel of 7.
   *
   * @param layer its index
   * @return bands and frames
   */
  public int[] decoderKernel(int layer) {
    Convolution convolution = layers().get(layer);
    FeatureMap input = maps().get(layer);
    FeatureMap output = maps().get(layer + 1);
    return new int[] {
      input.bands() - (output.bands() - 1) * convolution.strideBands(),
      input.frames() - (output.frames() - 1) * convolution.strideFrames()
    };
  }

  /** Number of weights and biases of a layer. */
  public int encoderParameters(int layer) {
    Convolution convolution = layers().get(layer);
    int inputs = maps().get(layer).channels();
    return convolution.channels()
        * (inputs * convolution.kernelBands() * convolution.kernelFrames() + 1);
  }

  /** Number of weights and biases of the deconvolution that undoes a layer. */
  public int decoderParameters(int layer) {
    int outputs = maps().get(layer).channels();
    int[] kernel = decoderKernel(layer);
    return outputs * (layers().get(layer).channels() * kernel[0] * kernel[1] + 1);
  }

  private static void requireStride(String what, int stride, int kernel) {
    if (stride > kernel) {
      throw new IllegalArgumentException(
          what + " " + stride + " is greater than its kernel " + kernel + ": nothing can undo it");
    }
  }
}
