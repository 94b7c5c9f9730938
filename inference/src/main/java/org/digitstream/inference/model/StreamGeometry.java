package org.digitstream.inference.model;

/**
 * How the network walks over a stream. Frames are cut into blocks by absolute index; when a block
 * is complete, the network is called once, on one fixed number of frames that ends with it, since
 * the bits of a result depend on the shape of the call.
 *
 * <p>With {@link OnsetSettings} the network is called where a word is, not at the end of a block;
 * blocks are then only what frames are kept in.
 *
 * @param lookAheadFrames an output speaks of the frame this many before the last one that it sees
 * @param outputsPerBlock outputs that one call makes
 * @param strideFrames frames from one output to the next
 * @param windowFrames frames that one call sees, with those that only normalize the others
 */
public record StreamGeometry(
    int lookAheadFrames, int outputsPerBlock, int strideFrames, int windowFrames) {

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public StreamGeometry {
    if (outputsPerBlock < 1 || outputsPerBlock > 64) {
      throw new IllegalArgumentException(
          "outputsPerBlock " + outputsPerBlock + " is not within 1..64");
    }
    if (lookAheadFrames < 0 || lookAheadFrames >= windowFrames) {
      throw new IllegalArgumentException(
          "lookAheadFrames "
              + lookAheadFrames
              + " is not within the window of "
              + windowFrames
              + " frames");
    }
    if (strideFrames < 1 || strideFrames > windowFrames) {
      throw new IllegalArgumentException(
          "strideFrames "
              + strideFrames
              + " is not within 1 and the window of "
              + windowFrames
              + " frames");
    }
  }

  /**
   * The geometry of a network over time, which makes several outputs in one call.
   *
   * @param framesBefore frames that are needed before those that the network sees, to normalize
   *     them
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public static StreamGeometry of(
      TemporalShape shape, int lookAheadFrames, int outputsPerBlock, int framesBefore) {
    if (lookAheadFrames < 0 || lookAheadFrames >= shape.receptiveFieldFrames()) {
      throw new IllegalArgumentException(
          "lookAheadFrames "
              + lookAheadFrames
              + " is not within the receptive field of "
              + shape.receptiveFieldFrames()
              + " frames");
    }
    return new StreamGeometry(
        lookAheadFrames,
        outputsPerBlock,
        shape.strideFrames(),
        framesBefore + shape.inputFrames(outputsPerBlock));
  }

  /**
   * The geometry of a network that classifies pictures: one output for each call, and a block of as
   * many frames as there are between two calls.
   *
   * @param strideFrames frames from one call to the next, at most those of a picture
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public static StreamGeometry of(PictureShape shape, int lookAheadFrames, int strideFrames) {
    return new StreamGeometry(lookAheadFrames, 1, strideFrames, shape.frames());
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
