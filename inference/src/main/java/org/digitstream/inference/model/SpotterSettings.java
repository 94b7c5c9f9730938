package org.digitstream.inference.model;

/**
 * How digits are found in probabilities that come all the time, for a network that knows what is no
 * digit.
 *
 * @param enterProbability a word begins where the ten digits together are at least this likely
 * @param leaveProbability and is over where they stay below this
 * @param releaseOutputs for this many outputs, 1 to 20
 * @param minimumOutputs shorter words are dropped, 1 to 50
 * @param maximumOutputs longer ones too: nobody says a digit for that long; up to 500
 * @param threshold the least confidence of a digit that is reported
 * @param spanFall for a network whose outputs speak of the end of a word: the word reaches back to
 *     where the level has fallen by this much from its loudest frame, in units of the features;
 *     null where the outputs speak of the whole word
 */
public record SpotterSettings(
    float enterProbability,
    float leaveProbability,
    int releaseOutputs,
    int minimumOutputs,
    int maximumOutputs,
    float threshold)
    implements Spotting {
  /** What a model file's spotter is where it does not say. */
  static final String TYPE = "continuous";

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public SpotterSettings {
    Bounds.requireProbability("enterProbability", enterProbability);
    Bounds.requireProbability("leaveProbability", leaveProbability);
    Bounds.requireProbability("threshold", threshold);
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

  @Override
  public SpotterSettings withThreshold(float threshold) {
    return new SpotterSettings(
        enterProbability,
        leaveProbability,
        releaseOutputs,
        minimumOutputs,
        maximumOutputs,
        threshold);
  }
}
