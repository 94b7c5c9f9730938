package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of plain two-dimensional convolutions over one picture of a fixed size, without padding,
 * and one dense layer over all that is left: one call classifies one picture.
 *
 * <p>The picture is {@code [bands, frames]}, the lowest band first. Each convolution has a bias and
 * is followed by a rectifier; a softmax after the dense layer makes {@code classes} probabilities.
 * The dense layer sees the last convolution's output as {@code [channel, band, frame]}.
 *
 * @param bands height of the picture, 1 to 256
 * @param frames width of the picture, 1 to 1024
 * @param convolutions the layers, input side first, 1 to 16
 * @param classes number of classes, 1 to 256
 */
public record PictureShape(int bands, int frames, List<Convolution> convolutions, int classes)
    implements NetworkShape {
  /** What a model file calls this shape. */
  static final String TYPE = "picture";

  /** More than any network of this project needs: 200 MB. */
  static final int MAX_PARAMETERS = 50_000_000;

  /**
   * One convolution over bands and frames.
   *
   * @param kernelBands height, 1 to 64
   * @param kernelFrames width, 1 to 64
   * @param strideBands 1 to 8
   * @param strideFrames 1 to 8
   * @param channels outputs, 1 to 1024
   */
  public record Convolution(
      int kernelBands, int kernelFrames, int strideBands, int strideFrames, int channels) {
    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException quoting the value that is out of its bounds
     */
    public Convolution {
      Bounds.requireWithin("kernelBands", kernelBands, 64);
      Bounds.requireWithin("kernelFrames", kernelFrames, 64);
      Bounds.requireWithin("strideBands", strideBands, 8);
      Bounds.requireWithin("strideFrames", strideFrames, 8);
      Bounds.requireWithin("channels", channels, 1024);
    }

    /** A square kernel that moves by the same stride both ways. */
    public static Convolution square(int kernel, int stride, int channels) {
      return new Convolution(kernel, kernel, stride, stride, channels);
    }

    private FeatureMap map(FeatureMap input) {
      return new FeatureMap(
          channels,
          (input.bands - kernelBands) / strideBands + 1,
          (input.frames - kernelFrames) / strideFrames + 1);
    }
  }

  /**
   * What is between two layers.
   *
   * @param channels 1 for the picture itself
   * @param bands its height
   * @param frames its width
   */
  public record FeatureMap(int channels, int bands, int frames) {
    /** Number of values. */
    public int size() {
      return channels * bands * frames;
    }
  }

  /**
   * Checks every value, and that each kernel fits into what the layer before it leaves.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public PictureShape {
    Bounds.requireWithin("bands", bands, 256);
    Bounds.requireWithin("frames", frames, 1024);
    Bounds.requireWithin("classes", classes, 256);
    convolutions = Bounds.copy("convolutions", convolutions);
    Bounds.requireWithin("number of convolutions", convolutions.size(), 16);
    FeatureMap map = new FeatureMap(1, bands, frames);
    long parameters = 0;
    for (int layer = 0; layer < convolutions.size(); layer++) {
      Convolution convolution = convolutions.get(layer);
      if (convolution.kernelBands > map.bands || convolution.kernelFrames > map.frames) {
        throw new IllegalArgumentException(
            String.format(
                "convolution %d: a kernel of %dx%d does not fit into %dx%d",
                layer, convolution.kernelBands, convolution.kernelFrames, map.bands, map.frames));
      }
      parameters += parameters(convolution, map);
      map = convolution.map(map);
    }
    parameters += (long) classes * (map.size() + 1);
    if (parameters > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          parameters + " weights are not within 1.." + MAX_PARAMETERS);
    }
  }

  private static long parameters(Convolution convolution, FeatureMap input) {
    long kernel = (long) convolution.kernelBands * convolution.kernelFrames;
    return convolution.channels * (input.channels * kernel + 1);
  }

  /** How the type is written to a model file. */
  @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
  String type() {
    return TYPE;
  }

  /** The picture and the output of every convolution, in order. */
  @JsonIgnore
  public List<FeatureMap> maps() {
    List<FeatureMap> maps = new ArrayList<>();
    maps.add(new FeatureMap(1, bands, frames));
    for (Convolution convolution : convolutions) {
      maps.add(convolution.map(maps.get(maps.size() - 1)));
    }
    return List.copyOf(maps);
  }

  @Override
  @JsonIgnore
  public int receptiveFieldFrames() {
    return frames;
  }

  @Override
  @JsonIgnore
  public int parameterCount() {
    List<FeatureMap> maps = maps();
    long count = (long) classes * (maps.get(convolutions.size()).size() + 1);
    for (int layer = 0; layer < convolutions.size(); layer++) {
      count += parameters(convolutions.get(layer), maps.get(layer));
    }
    return (int) count;
  }
}
