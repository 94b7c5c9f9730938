package org.digitstream.inference.model;

/**
 * How probabilities become digits.
 *
 * @param enterProbability a word begins where the ten digits together are at least this likely
 * @param leaveProbability and is over where they stay below this
 * @param releaseOutputs for this many outputs, 1 to 20
 * @param minimumOutputs shorter words are dropped, 1 to 50
 * @param maximumOutputs longer ones too: nobody says a digit for that long; up to 500
 * @param threshold the least confidence of a digit that is reported
 */
public record SpotterSettings(
    float enterProbability,
    float leaveProbability,
    int releaseOutputs,
    int minimumOutputs,
    int maximumOutputs,
    float threshold) {

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public SpotterSettings {
    requireProbability("enterProbability", enterProbability);
    requireProbability("leaveProbability", leaveProbability);
    requireProbability("threshold", threshold);
    if (leaveProbability > enterProbability) {
      throw new IllegalArgumentException(
          "leaveProbability "
              + leaveProbability
              + " is above enterProbability "
              + enterProbability);
    }
    Bounds.requireWithin("releaseOutputs", releaseOutputs, 20);
    Bounds.requireWithin("minimumOutputs", minimumOutputs, 50);
    Bounds.requireWithin("maximumOutputs", maximumOutputs, 500);
  }

  private static void requireProbability(String what, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " " + value + " is not within 0..1");
    }
  }
}
