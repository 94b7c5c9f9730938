package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A stack of plain convolutions over time, without padding: output {@code j} sees the input frames
 * {@code [j * stride, j * stride + receptiveField)} and nothing else, so the same network serves a
 * window, a block of a stream and a strip in training.
 *
 * <p>There may be two-dimensional convolutions first, over neighbouring bands as well, so that what
 * one voice has a little higher than another is found by the same filter. The bands that they leave
 * are inputs of the convolutions over time: input {@code channel * bandsLeft + band}.
 *
 * <p>Each layer is followed by a rectifier. A last 1-wide layer with a softmax makes {@code
 * classes} probabilities for each output.
 *
 * @param bands values per input frame
 * @param frontEnd the two-dimensional layers, input side first; none as a rule
 * @param convolutions the layers over time
 * @param classes number of classes
 */
public record TemporalShape(
    int bands,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PictureShape.Convolution> frontEnd,
    List<Convolution> convolutions,
    int classes)
    implements NetworkShape {
  /** What a model file's network is where it does not say. */
  static final String TYPE = "temporal";

  /** Frames that one output may see, and from one output to the next: over a minute as a rule. */
  static final int MAX_FRAMES = 8_192;

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
   * Checks every value, that the front end's kernels fit into the bands, how many weights that
   * makes, and how far an output reaches.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public TemporalShape {
    Bounds.requireWithin("bands", bands, 256);
    Bounds.requireWithin("classes", classes, 256);
    convolutions = Bounds.copy("convolutions", convolutions);
    Bounds.requireWithin("number of convolutions", convolutions.size(), 32);
    frontEnd = frontEnd == null ? List.of() : Bounds.copy("frontEnd", frontEnd);
    if (frontEnd.size() > 16) {
      throw new IllegalArgumentException(
          "number of convolutions in the front end " + frontEnd.size() + " is not within 0..16");
    }
    int left = bands;
    for (PictureShape.Convolution layer : frontEnd) {
      if (layer.kernelBands() > left) {
        throw new IllegalArgumentException(
            "a kernel of " + layer.kernelBands() + " bands does not fit into " + left);
      }
      left = bandsAfter(layer, left);
    }
    long parameters = countParameters(bands, frontEnd, convolutions, classes);
    if (parameters > PictureShape.MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          parameters + " weights are not within 1.." + PictureShape.MAX_PARAMETERS);
    }
    requireReach(frontEnd, convolutions);
  }

  /** Strides multiply: a few layers could reach over more frames than can be kept, or counted. */
  private static void requireReach(
      List<PictureShape.Convolution> frontEnd, List<Convolution> convolutions) {
    long field = 1;
    long stride = 1;
    for (PictureShape.Convolution layer : frontEnd) {
      field += (layer.kernelFrames() - 1) * stride;
      stride = Math.min(stride * layer.strideFrames(), Integer.MAX_VALUE);
    }
    for (Convolution layer : convolutions) {
      field += (layer.kernelFrames() - 1) * stride;
      stride = Math.min(stride * layer.stride(), Integer.MAX_VALUE);
    }
    if (field > MAX_FRAMES || stride > MAX_FRAMES) {
      throw new IllegalArgumentException(
          "an output sees "
              + field
              + " frames and the next one begins "
              + stride
              + " after it, which are not both within 1.."
              + MAX_FRAMES);
    }
  }

  /** Without a front end. */
  public TemporalShape(int bands, List<Convolution> convolutions, int classes) {
    this(bands, List.of(), convolutions, classes);
  }

  private static int bandsAfter(PictureShape.Convolution layer, int bands) {
    return (bands - layer.kernelBands()) / layer.strideBands() + 1;
  }

  /** Bands that the front end leaves. */
  @JsonIgnore
  public int bandsLeft() {
    int left = bands;
    for (PictureShape.Convolution layer : frontEnd) {
      left = bandsAfter(layer, left);
    }
    return left;
  }

  /** Values per frame that the convolutions over time see. */
  @JsonIgnore
  public int inputs() {
    int channels = frontEnd.isEmpty() ? 1 : frontEnd.get(frontEnd.size() - 1).channels();
    return channels * bandsLeft();
  }

  /** Values that the last layer is given for each output. */
  @JsonIgnore
  public int hidden() {
    return convolutions.isEmpty() ? inputs() : convolutions.get(convolutions.size() - 1).channels();
  }

  @Override
  @JsonIgnore
  public int receptiveFieldFrames() {
    int field = 1;
    int stride = 1;
    for (PictureShape.Convolution layer : frontEnd) {
      field += (layer.kernelFrames() - 1) * stride;
      stride *= layer.strideFrames();
    }
    for (Convolution layer : convolutions) {
      field += (layer.kernelFrames() - 1) * stride;
      stride *= layer.stride();
    }
    return field;
  }

  /** Input frames from one output to the next. */
  @JsonIgnore
  public int strideFrames() {
    int stride = 1;
    for (PictureShape.Convolution layer : frontEnd) {
      stride *= layer.strideFrames();
    }
    for (Convolution layer : convolutions) {
      stride *= layer.stride();
    }
    return stride;
  }

  /** Input frames that a number of outputs need. */
  public int inputFrames(int outputs) {
    return receptiveFieldFrames() + strideFrames() * (outputs - 1);
  }

  @Override
  @JsonIgnore
  public int parameterCount() {
    return (int) countParameters(bands, frontEnd, convolutions, classes);
  }

  private static long countParameters(
      int bands,
      List<PictureShape.Convolution> frontEnd,
      List<Convolution> convolutions,
      int classes) {
    long count = 0;
    int left = bands;
    int channels = 1;
    for (PictureShape.Convolution layer : frontEnd) {
      long kernel = (long) layer.kernelBands() * layer.kernelFrames();
      count += layer.channels() * (channels * kernel + 1);
      channels = layer.channels();
      left = bandsAfter(layer, left);
    }
    long inputs = (long) channels * left;
    for (Convolution layer : convolutions) {
      count += layer.channels() * (inputs * layer.kernelFrames() + 1);
      inputs = layer.channels();
    }
    return count + classes * (inputs + 1);
  }
}
