package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.PictureShape;

/**
 * The convolutions of a network, without padding, each with a bias and a rectifier: what an
 * autoencoder learns for it. A stack over time alone is one of width 1 whose channels are the
 * bands.
 *
 * @param channels of the input; 1 for a picture
 * @param height of the input
 * @param width of the input
 * @param layers the convolutions, input side first
 * @param signed whether the input may be negative: then what gives it back has no rectifier
 */
public record EncoderStack(
    int channels, int height, int width, List<Layer> layers, boolean signed) {
  /**
   * One convolution.
   *
   * @param kernelHeight at least 1
   * @param kernelWidth at least 1
   * @param strideHeight at least 1, at most the kernel's height
   * @param strideWidth at least 1, at most the kernel's width
   * @param channels outputs, at least 1
   */
  public record Layer(
      int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int channels) {
    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException quoting the value that is out of its bounds
     */
    public Layer {
      requireWithin("strideHeight", strideHeight, kernelHeight);
      requireWithin("strideWidth", strideWidth, kernelWidth);
      requireWithin("channels", channels, 4096);
    }
  }

  /**
   * What is between two layers, kept as {@code [channel][height][width]}.
   *
   * @param channels number of maps
   * @param height of each
   * @param width of each
   */
  public record FeatureMap(int channels, int height, int width) {
    /** Number of values. */
    public int size() {
      return channels * height * width;
    }
  }

  /**
   * Checks that each kernel fits into what the layer before it leaves.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public EncoderStack {
    requireWithin("channels", channels, 4096);
    layers = List.copyOf(layers);
    requireWithin("number of layers", layers.size(), 32);
    FeatureMap map = new FeatureMap(channels, height, width);
    for (Layer layer : layers) {
      if (layer.kernelHeight > map.height || layer.kernelWidth > map.width) {
        throw new IllegalArgumentException(
            String.format(
                "a kernel of %dx%d does not fit into %dx%d",
                layer.kernelHeight, layer.kernelWidth, map.height, map.width));
      }
      map = after(map, layer);
    }
  }

  /** Of an input that is never negative. */
  public EncoderStack(int channels, int height, int width, List<Layer> layers) {
    this(channels, height, width, layers, false);
  }

  /** The same of an input that may be negative. */
  public EncoderStack withSignedInput() {
    return new EncoderStack(channels, height, width, layers, true);
  }

  /** Whether a layer's input is rectified, so that what gives it back is rectified as well. */
  boolean isInputRectified(int layer) {
    return layer > 0 || !signed;
  }

  /** The convolutions of a network over pictures: height is bands, width is frames. */
  public static EncoderStack of(PictureShape shape) {
    return new EncoderStack(
        1,
        shape.bands(),
        shape.frames(),
        shape.convolutions().stream()
            .map(
                layer ->
                    new Layer(
                        layer.kernelBands(),
                        layer.kernelFrames(),
                        layer.strideBands(),
                        layer.strideFrames(),
                        layer.channels()))
            .toList());
  }

  private static FeatureMap after(FeatureMap map, Layer layer) {
    return new FeatureMap(
        layer.channels,
        (map.height - layer.kernelHeight) / layer.strideHeight + 1,
        (map.width - layer.kernelWidth) / layer.strideWidth + 1);
  }

  /** The input and the output of every layer, in order. */
  public List<FeatureMap> maps() {
    List<FeatureMap> maps = new ArrayList<>();
    maps.add(new FeatureMap(channels, height, width));
    for (Layer layer : layers) {
      maps.add(after(maps.get(maps.size() - 1), layer));
    }
    return List.copyOf(maps);
  }

  /**
   * The kernel with which a deconvolution of the layer's own stride gives the layer's input back in
   * its whole size: the layer's own, or larger by what its stride leaves over. So the kernel 6 with
   * stride 2 over a side of 13 is undone by a kernel of 7.
   *
   * @param layer its index
   * @return height and width
   */
  public int[] decoderKernel(int layer) {
    Layer convolution = layers.get(layer);
    FeatureMap input = maps().get(layer);
    FeatureMap output = maps().get(layer + 1);
    return new int[] {
      input.height - (output.height - 1) * convolution.strideHeight,
      input.width - (output.width - 1) * convolution.strideWidth
    };
  }

  /** Number of weights and biases of a layer. */
  public int encoderParameters(int layer) {
    Layer convolution = layers.get(layer);
    int inputs = maps().get(layer).channels();
    return convolution.channels * (inputs * convolution.kernelHeight * convolution.kernelWidth + 1);
  }

  /** Number of weights and biases of the deconvolution that undoes a layer. */
  public int decoderParameters(int layer) {
    int outputs = maps().get(layer).channels();
    int[] kernel = decoderKernel(layer);
    return outputs * (layers.get(layer).channels * kernel[0] * kernel[1] + 1);
  }

  private static void requireWithin(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " " + value + " is not within 1.." + most);
    }
  }
}
