package org.digitstream.inference.model;

/**
 * How the network walks over a stream. Frames are cut into blocks by absolute index; when a block
 * is complete, the network is called once, on one fixed number of frames that ends with it, since
 * the bits of a result depend on the shape of the call.
 *
 * @param lookAheadFrames an output speaks of the frame this many before the last one that it sees
 * @param outputsPerBlock outputs that one call makes
 * @param strideFrames frames from one output to the next
 * @param windowFrames frames that one call sees
 */
public record StreamGeometry(
    int lookAheadFrames, int outputsPerBlock, int strideFrames, int windowFrames) {

  /** The geometry of a network. */
  public static StreamGeometry of(NetworkShape shape, int lookAheadFrames, int outputsPerBlock) {
    if (lookAheadFrames < 0 || lookAheadFrames >= shape.receptiveFieldFrames()) {
      throw new IllegalArgumentException(
          "lookAheadFrames "
              + lookAheadFrames
              + " is not within the receptive field of "
              + shape.receptiveFieldFrames()
              + " frames");
    }
    if (outputsPerBlock < 1 || outputsPerBlock > 64) {
      throw new IllegalArgumentException(
          "outputsPerBlock " + outputsPerBlock + " is not within 1..64");
    }
    return new StreamGeometry(
        lookAheadFrames, outputsPerBlock, shape.strideFrames(), shape.inputFrames(outputsPerBlock));
  }

  /** Frames in a block. */
  public int blockFrames() {
    return outputsPerBlock * strideFrames;
  }

  /** Blocks that a call reaches into: what has to be kept of a stream. */
  public int windowBlocks() {
    return (windowFrames + blockFrames() - 1) / blockFrames();
  }

  /** The frame that output {@code output}, counted from the beginning of the stream, speaks of. */
  public long frameOfOutput(long output) {
    return output * strideFrames + strideFrames - 1 - lookAheadFrames;
  }
}
