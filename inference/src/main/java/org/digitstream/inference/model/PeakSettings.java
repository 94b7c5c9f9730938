package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How digits are found in probabilities that come all the time and are high for a short while after
 * each word: where the moving mean of one digit's probability has its peak.
 *
 * @param smoothingOutputs outputs that the moving mean is made of, 1 to 8
 * @param enterProbability lower peaks are none
 * @param sureProbability a peak as high as this is one
 * @param patienceOutputs when it has not been passed for this many outputs, 1 to 20; a lower one is
 *     one when the probability has fallen
 * @param fall and the next peak comes only after the probability has fallen to this share of the
 *     last one, 0 to 1
 * @param threshold the least confidence of a digit that is reported
 * @param spanFall a word reaches back to where its level has fallen by this much from its loudest
 *     frame; in units of the features
 */
public record PeakSettings(
    int smoothingOutputs,
    float enterProbability,
    float sureProbability,
    int patienceOutputs,
    float fall,
    float threshold,
    float spanFall)
    implements Spotting {
  /** What a model file calls these settings. */
  static final String TYPE = "peak";

  private static final float MAX_SPAN_FALL = 1000;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public PeakSettings {
    Bounds.requireWithin("smoothingOutputs", smoothingOutputs, 8);
    Bounds.requireProbability("enterProbability", enterProbability);
    Bounds.requireProbability("sureProbability", sureProbability);
    Bounds.requireWithin("patienceOutputs", patienceOutputs, 20);
    Bounds.requireProbability("fall", fall);
    Bounds.requireProbability("threshold", threshold);
    if (!(spanFall > 0 && spanFall <= MAX_SPAN_FALL)) {
      throw new IllegalArgumentException(
          "spanFall " + spanFall + " is not within 0.." + MAX_SPAN_FALL);
    }
  }

  /** How the type is written to a model file. */
  @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
  String type() {
    return TYPE;
  }

  @Override
  public PeakSettings withThreshold(float other) {
    return new PeakSettings(
        smoothingOutputs,
        enterProbability,
        sureProbability,
        patienceOutputs,
        fall,
        other,
        spanFall);
  }
}
