package org.digitstream.contract;

/**
 * The end of a stream: every digit of it has gone before.
 *
 * @param streamId identifies the session
 * @param source what the audio is of, for people
 * @param digits how many digits were heard
 * @param endSample the stream's length in samples
 * @param sampleRateHz what the samples are counted in
 * @param modelId identifies the model and the engine
 */
public record StreamEnd(
    String streamId, String source, long digits, long endSample, int sampleRateHz, String modelId)
    implements StreamEvent {
  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public StreamEnd {
    StreamIds.requireValid(streamId, source);
    if (digits < 0 || endSample < 0 || endSample > StreamIds.MAX_INDEX) {
      throw new IllegalArgumentException(
          "digits " + digits + " and endSample " + endSample + " must not be negative");
    }
    if (sampleRateHz < 8_000 || sampleRateHz > 96_000) {
      throw new IllegalArgumentException(
          "sampleRateHz " + sampleRateHz + " is not within 8000..96000");
    }
    if (modelId == null || modelId.isEmpty()) {
      throw new IllegalArgumentException("modelId must be set");
    }
  }
}
