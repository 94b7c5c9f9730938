package org.digitstream.inference.model;

import java.util.List;

/**
 * Maps a network's confidence to one that means what it says: of the digits reported with 0.9, nine
 * of ten are right. It is Platt's scaling on log-odds (Platt 1999; Guo et al. 2017):
 *
 * <p>{@code calibrated = logistic(scale * log(p / (1 - p)) + shift)}
 *
 * <p>It rises with the confidence, so which digit is the most confident one does not change. The
 * same bits on every machine.
 *
 * @param scale steepness, above 0 and at most 100
 * @param shift in log-odds, -100 to 100
 */
public record Calibration(float scale, float shift) {
  /** Leaves every confidence as it is, to the bit. */
  public static final Calibration NONE = new Calibration(1, 0);

  /** Confidences nearer to 0 or 1 than this are taken as this near: their log-odds have no end. */
  private static final double NEAREST = 1e-6;

  /**
   * Checks both values.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public Calibration {
    if (!(scale > 0 && scale <= 100)) {
      throw new IllegalArgumentException("scale " + scale + " is not above 0 and at most 100");
    }
    if (!(shift >= -100 && shift <= 100)) {
      throw new IllegalArgumentException("shift " + shift + " is not within -100..100");
    }
  }

  /** The log-odds of a confidence of 0 to 1, which is kept away from both ends. */
  public static double logOdds(double confidence) {
    double p = Math.max(NEAREST, Math.min(1 - NEAREST, confidence));
    return StrictMath.log(p / (1 - p));
  }

  /**
   * The calibrated confidence.
   *
   * @param confidence 0 to 1
   * @return 0 to 1; exactly {@code confidence} where this is {@link #NONE}
   */
  public float apply(float confidence) {
    if (equals(NONE)) {
      return confidence;
    }
    return (float) (1 / (1 + StrictMath.exp(-(scale * logOdds(confidence) + shift))));
  }

  /**
   * What the probabilities of the other digits become where the most confident one's is calibrated.
   * All of them are multiplied by one factor: the largest with which none is more likely than the
   * calibrated one is, and all together are at most what that leaves of 1.
   *
   * @param confidence of the most confident digit, before
   * @param others probabilities of other digits, none above {@code confidence}, which are at most
   *     {@code 1 - confidence} together
   */
  public List<Float> applyToOthers(float confidence, List<Float> others) {
    if (equals(NONE) || confidence <= 0 || confidence >= 1) {
      return others;
    }
    double calibrated = apply(confidence);
    double factor = Math.min(calibrated / confidence, (1 - calibrated) / (1.0 - confidence));
    return others.stream().map(other -> (float) (other * factor)).toList();
  }
}
