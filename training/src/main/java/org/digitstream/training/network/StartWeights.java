package org.digitstream.training.network;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.digitstream.inference.model.PictureShape;

/**
 * What the convolutions of a network of pictures are before its training. The normalization after
 * each of them and the last layer start as they always do.
 *
 * @param filters one array per convolution, input side first: {@code [output][input][band][frame]}
 *     row-major, any scale; the arrays are not copied. Empty for random numbers of the recipe's
 *     seed
 */
public record StartWeights(List<float[]> filters) {
  /** Random numbers. */
  public static final StartWeights RANDOM = new StartWeights(List.of());

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException where a filter is not finite
   */
  public StartWeights {
    filters = List.copyOf(filters);
    for (int i = 0; i < filters.size(); i++) {
      for (float value : filters.get(i)) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException("a filter of convolution " + (i + 1) + " is " + value);
        }
      }
    }
  }

  /** Whether it is the seed that says what the filters are. */
  public boolean isRandom() {
    return filters.isEmpty();
  }

  /**
   * Checks that they are filters of a network's convolutions.
   *
   * @throws IllegalArgumentException quoting the numbers that differ
   */
  public void requireFits(PictureShape shape) {
    if (isRandom()) {
      return;
    }
    List<PictureShape.Convolution> convolutions = shape.convolutions();
    if (filters.size() != convolutions.size()) {
      throw new IllegalArgumentException(
          "filters of "
              + filters.size()
              + " convolutions, where the network has "
              + convolutions.size());
    }
    int inputs = 1;
    for (int i = 0; i < filters.size(); i++) {
      PictureShape.Convolution convolution = convolutions.get(i);
      int wanted =
          convolution.channels() * inputs * convolution.kernelBands() * convolution.kernelFrames();
      if (filters.get(i).length != wanted) {
        throw new IllegalArgumentException(
            filters.get(i).length
                + " weights, where convolution "
                + (i + 1)
                + " of the network has "
                + wanted);
      }
      inputs = convolution.channels();
    }
  }

  /** Adds every weight to a digest; nothing where they are random. */
  void update(MessageDigest digest) {
    for (float[] filter : filters) {
      ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * filter.length);
      bytes.putInt(filter.length).asFloatBuffer().put(filter);
      digest.update(bytes.array());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StartWeights that
        && Arrays.deepEquals(filters.toArray(), that.filters.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(filters.toArray());
  }
}
