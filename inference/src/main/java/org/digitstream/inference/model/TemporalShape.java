package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A stack of plain convolutions over time, without padding: output {@code j} sees the input frames
 * {@code [j * stride, j * stride + receptiveField)} and nothing else, so the same network serves a
 * window, a block of a stream and a strip in training.
 *
 * <p>Each layer is followed by a rectifier. A last 1-wide layer with a softmax makes {@code
 * classes} probabilities for each output.
 *
 * @param bands values per input frame
 * @param convolutions the layers, input side first
 * @param classes number of classes
 */
public record TemporalShape(int bands, List<Convolution> convolutions, int classes)
    implements NetworkShape {
  /** What a model file's network is where it does not say. */
  static final String TYPE = "temporal";

  /**
   * One convolution over time.
   *
   * @param kernelFrames width, 1 to 64
   * @param stride 1 to 8
   * @param channels outputs, 1 to 1024
   */
  public record Convolution(int kernelFrames, int stride, int channels) {
    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException quoting the value that is out of its bounds
     */
    public Convolution {
      Bounds.requireWithin("kernelFrames", kernelFrames, 64);
      Bounds.requireWithin("stride", stride, 8);
      Bounds.requireWithin("channels", channels, 1024);
    }
  }

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public TemporalShape {
    Bounds.requireWithin("bands", bands, 256);
    Bounds.requireWithin("classes", classes, 256);
    convolutions = Bounds.copy("convolutions", convolutions);
    Bounds.requireWithin("number of convolutions", convolutions.size(), 32);
  }

  @Override
  @JsonIgnore
  public int receptiveFieldFrames() {
    int field = 1;
    int stride = 1;
    for (Convolution layer : convolutions) {
      field += (layer.kernelFrames() - 1) * stride;
      stride *= layer.stride();
    }
    return field;
  }

  /** Input frames from one output to the next. */
  @JsonIgnore
  public int strideFrames() {
    return convolutions.stream().mapToInt(Convolution::stride).reduce(1, (a, b) -> a * b);
  }

  /** Input frames that a number of outputs need. */
  public int inputFrames(int outputs) {
    return receptiveFieldFrames() + strideFrames() * (outputs - 1);
  }

  @Override
  @JsonIgnore
  public int parameterCount() {
    int count = 0;
    int inputs = bands;
    for (Convolution layer : convolutions) {
      count += layer.channels() * (inputs * layer.kernelFrames() + 1);
      inputs = layer.channels();
    }
    return count + classes * (inputs + 1);
  }
}
