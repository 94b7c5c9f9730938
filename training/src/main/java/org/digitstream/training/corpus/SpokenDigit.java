package org.digitstream.training.corpus;

/**
 * A digit in a recording.
 *
 * @param digit 0 to 9
 * @param startSample first sample of the word
 * @param endSample sample after its last one
 * @param oh whether it is a zero that is said "oh": the same digit, another word
 */
public record SpokenDigit(int digit, int startSample, int endSample, boolean oh) {
  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public SpokenDigit {
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("digit " + digit + " is not within 0..9");
    }
    if (startSample < 0 || endSample <= startSample) {
      throw new IllegalArgumentException(
          "a digit spans no samples: " + startSample + ".." + endSample);
    }
    if (oh && digit != 0) {
      throw new IllegalArgumentException("digit " + digit + " is not said \"oh\"");
    }
  }

  /** A digit said by its name. */
  public SpokenDigit(int digit, int startSample, int endSample) {
    this(digit, startSample, endSample, false);
  }
}
