package org.digitstream.contract.utterance;

import org.digitstream.contract.DigitEvent;

/**
 * A string of digits that were said without a longer pause.
 *
 * @param streamId the stream
 * @param source what the stream's audio is of, for people
 * @param firstIndex {@link DigitEvent#index} of its first digit; with the stream, what identifies
 *     it
 * @param digits the digits in the order in which they were said, such as {@code 5551234}; at least
 *     one
 * @param startSample first sample of its words
 * @param endSample sample after the last one of its words, greater than {@code startSample}
 * @param sampleRateHz what the samples are counted in
 * @param confidence the product of its digits' confidences, 0 to 1: the probability that all digits
 *     that were heard are right, if each is right with its confidence whatever the others are. It
 *     knows nothing of digits that were missed, and it is as good as the digits' own confidences:
 *     for models that are not calibrated it only says which of two strings of one length is surer
 */
public record Utterance(
    String streamId,
    String source,
    long firstIndex,
    String digits,
    long startSample,
    long endSample,
    int sampleRateHz,
    double confidence) {
  /**
   * Checks what the digits did not bring.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public Utterance {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("'" + digits + "' is not one or more digits");
    }
    if (firstIndex < 0) {
      throw new IllegalArgumentException("firstIndex " + firstIndex + " is negative");
    }
    if (startSample < 0 || endSample <= startSample) {
      throw new IllegalArgumentException(
          "the span " + startSample + ".." + endSample + " is not a span of samples");
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence " + confidence + " is not within 0..1");
    }
  }

  /** An utterance of one digit so far. */
  static Utterance of(DigitEvent digit) {
    return new Utterance(
        digit.streamId(),
        digit.source(),
        digit.index(),
        Integer.toString(digit.digit()),
        digit.startSample(),
        digit.endSample(),
        digit.sampleRateHz(),
        digit.confidence());
  }

  /** The same with one digit more. Digits without a gap between them may overlap. */
  Utterance with(DigitEvent digit) {
    return new Utterance(
        streamId,
        source,
        firstIndex,
        digits + digit.digit(),
        Math.min(startSample, digit.startSample()),
        Math.max(endSample, digit.endSample()),
        sampleRateHz,
        confidence * digit.confidence());
  }
}
