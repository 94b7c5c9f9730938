package org.digitstream.contract;

/**
 * What the network gave out for some places of one stream: the probability of each class. For
 * people to look at; the digits do not come from here, so a record that is lost or late does no
 * harm. Where very many streams begin there are records of a sample of them only ({@link
 * StreamSampler}).
 *
 * @param streamId identifies the session
 * @param source what the audio is of, for people
 * @param modelId the model and its engine
 * @param firstFrame index of the frame that the first output speaks of; negative where that is
 *     before the stream
 * @param strideFrames frames from one output to the next, 1 to 65536
 * @param classCount classes of the model, 1 to 256; class {@code i} below 10 is the digit {@code i}
 * @param values output by output: {@code values[output * classCount + class]}, before calibration;
 *     0 to 1; at least one output, at most {@value #MAX_VALUES} values; not copied, not to be
 *     changed
 */
public record DigitPosteriors(
    String streamId,
    String source,
    String modelId,
    long firstFrame,
    int strideFrames,
    int classCount,
    float[] values) {

  /** The most values that one record may hold. */
  public static final int MAX_VALUES = 1 << 16;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public DigitPosteriors {
    StreamIds.requireValid(streamId, source);
    if (modelId == null || modelId.isEmpty()) {
      throw new IllegalArgumentException("modelId must be set");
    }
    if (Math.abs(firstFrame) > StreamIds.MAX_INDEX) {
      throw new IllegalArgumentException(
          "firstFrame "
              + firstFrame
              + " is not within -"
              + StreamIds.MAX_INDEX
              + ".."
              + StreamIds.MAX_INDEX);
    }
    if (strideFrames < 1 || strideFrames > 65_536) {
      throw new IllegalArgumentException(
          "strideFrames " + strideFrames + " is not within 1..65536");
    }
    if (classCount < 1 || classCount > 256) {
      throw new IllegalArgumentException("classCount " + classCount + " is not within 1..256");
    }
    if (values.length == 0 || values.length > MAX_VALUES || values.length % classCount != 0) {
      throw new IllegalArgumentException(
          values.length
              + " values are not one or more outputs of "
              + classCount
              + " classes, at most "
              + MAX_VALUES);
    }
    for (float value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a probability is " + value);
      }
    }
  }

  /** The number of outputs. */
  public int outputCount() {
    return values.length / classCount;
  }
}
