package org.digitstream.training.continuous;

/**
 * A digit and where it is, said or heard.
 *
 * @param digit 0 to 9
 * @param startSample its first sample
 * @param endSample the sample after its last one
 */
public record TimedDigit(int digit, long startSample, long endSample) {
  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting what is out of its bounds
   */
  public TimedDigit {
    if (digit < 0 || digit > 9 || endSample <= startSample) {
      throw new IllegalArgumentException(
          "no digit in time: " + digit + " from " + startSample + " to " + endSample);
    }
  }
}
