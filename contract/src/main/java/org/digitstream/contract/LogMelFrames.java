package org.digitstream.contract;

/**
 * Consecutive log-mel frames of one stream, numbered by absolute frame index.
 *
 * @param streamId identifies the session
 * @param source what the audio is of, for people
 * @param featureSpecId {@link FeatureSpec#id()} of what the frames were computed with
 * @param firstFrame index of the first frame; frame {@code i} starts at sample {@code i *
 *     hopSamples}
 * @param bandCount values per frame, 1 to 256
 * @param values frame by frame: {@code values[frame * bandCount + band]}; finite; at most {@value
 *     #MAX_VALUES}; not copied, not to be changed
 * @param capturedAtMicros when the last sample behind these frames was captured, in microseconds
 *     since 1970 UTC; only latency is computed from it
 * @param end whether this is the stream's last record, which may hold no frames
 * @param nextSample the stream's next sample index after the audio behind this record; the stream's
 *     length where {@code end} is set
 */
public record LogMelFrames(
    String streamId,
    String source,
    String featureSpecId,
    long firstFrame,
    int bandCount,
    float[] values,
    long capturedAtMicros,
    boolean end,
    long nextSample) {

  /** The most values that one record may hold. */
  public static final int MAX_VALUES = 1 << 18;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public LogMelFrames {
    StreamIds.requireValid(streamId, source);
    if (featureSpecId == null || featureSpecId.isEmpty()) {
      throw new IllegalArgumentException("featureSpecId must be set");
    }
    if (firstFrame < 0 || firstFrame > StreamIds.MAX_INDEX) {
      throw new IllegalArgumentException(
          "firstFrame " + firstFrame + " is not within 0.." + StreamIds.MAX_INDEX);
    }
    if (nextSample < 0 || nextSample > StreamIds.MAX_INDEX) {
      throw new IllegalArgumentException(
          "nextSample " + nextSample + " is not within 0.." + StreamIds.MAX_INDEX);
    }
    if (bandCount < 1 || bandCount > 256) {
      throw new IllegalArgumentException("bandCount " + bandCount + " is not within 1..256");
    }
    if (values.length > MAX_VALUES || values.length % bandCount != 0) {
      throw new IllegalArgumentException(
          values.length
              + " values are not whole frames of "
              + bandCount
              + " bands, at most "
              + MAX_VALUES);
    }
    if (values.length == 0 && !end) {
      throw new IllegalArgumentException("a record without frames must be the end of its stream");
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a log-mel value is " + value);
      }
    }
  }

  /** The number of frames. */
  public int frameCount() {
    return values.length / bandCount;
  }

  /** Index of the frame after the last one of this record. */
  public long nextFrame() {
    return firstFrame + frameCount();
  }
}
