package org.digitstream.contract;

import java.util.List;

/**
 * A digit that was heard.
 *
 * <p>Two runs agree when their lists of (index, digit, span, confidence, runners-up, model id) are
 * equal to the bit. Latency stamps are not part of that: see {@link LatencyStamps}.
 *
 * @param streamId identifies the session
 * @param source what the audio is of, for people
 * @param index counts the stream's digits from 0
 * @param digit the digit, 0 to 9
 * @param startSample first sample of the word
 * @param endSample sample after the word's last one, greater than {@code startSample}
 * @param sampleRateHz what the samples are counted in
 * @param confidence the classifier's probability for the digit over the word, 0 to 1
 * @param runnersUp the next digits by probability, best first
 * @param modelId identifies the model and the engine
 */
public record DigitEvent(
    String streamId,
    String source,
    long index,
    int digit,
    long startSample,
    long endSample,
    int sampleRateHz,
    float confidence,
    List<RunnerUp> runnersUp,
    String modelId)
    implements StreamEvent {

  /**
   * A digit that was less likely.
   *
   * @param digit the digit, 0 to 9
   * @param probability 0 to 1
   */
  public record RunnerUp(int digit, float probability) {
    /**
     * Checks both values.
     *
     * @throws IllegalArgumentException quoting the value that is out of its bounds
     */
    public RunnerUp {
      requireDigit(digit);
      requireProbability("probability", probability);
    }
  }

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public DigitEvent {
    StreamIds.requireValid(streamId, source);
    requireDigit(digit);
    requireProbability("confidence", confidence);
    if (index < 0) {
      throw new IllegalArgumentException("index " + index + " is negative");
    }
    if (startSample < 0 || endSample <= startSample || endSample > StreamIds.MAX_INDEX) {
      throw new IllegalArgumentException(
          "the span " + startSample + ".." + endSample + " is not a span of samples");
    }
    if (sampleRateHz < 8_000 || sampleRateHz > 96_000) {
      throw new IllegalArgumentException(
          "sampleRateHz " + sampleRateHz + " is not within 8000..96000");
    }
    if (modelId == null || modelId.isEmpty()) {
      throw new IllegalArgumentException("modelId must be set");
    }
    runnersUp = List.copyOf(runnersUp);
  }

  private static void requireDigit(int digit) {
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("digit " + digit + " is not within 0..9");
    }
  }

  private static void requireProbability(String what, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " " + value + " is not within 0..1");
    }
  }
}
