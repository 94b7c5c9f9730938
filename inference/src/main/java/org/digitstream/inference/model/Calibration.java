package org.digitstream.inference.model;

/**
 * Maps a network's confidence to one that means what it says: of the digits reported with 0.9, nine
 * of ten are right. It is beta calibration (Kull, Silva Filho and Flach 2017):
 *
 * <p>{@code calibrated = logistic(low * log(p) - high * log(1 - p) + shift)}
 *
 * <p>With {@code low} equal to {@code high} it is Platt's scaling of log-odds. It never falls as
 * the confidence rises, so which digit is the most confident one does not change. The same bits on
 * every machine.
 *
 * @param low steepness towards a confidence of 0, 0 to 100
 * @param high steepness towards a confidence of 1, 0 to 100; not both may be 0
 * @param shift in log-odds, -100 to 100
 */
public record Calibration(float low, float high, float shift) {
  /** Leaves every confidence as it is, to the bit. */
  public static final Calibration NONE = new Calibration(1, 1, 0);

  /**
   * Confidences nearer to 0 or 1 than this are taken as this near: their logarithms have no end.
   */
  private static final double NEAREST = 1e-6;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public Calibration {
    requireSteepness("low", low);
    requireSteepness("high", high);
    if (low == 0 && high == 0) {
      throw new IllegalArgumentException("low and high are 0: every confidence would be the same");
    }
    if (!(shift >= -100 && shift <= 100)) {
      throw new IllegalArgumentException("shift " + shift + " is not within -100..100");
    }
  }

  private static void requireSteepness(String what, float value) {
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException(what + " " + value + " is not within 0..100");
    }
  }

  /** What {@code low} is multiplied with: the logarithm of a confidence, kept away from 0. */
  public static double lowTerm(double confidence) {
    return StrictMath.log(Math.max(NEAREST, confidence));
  }

  /** What {@code high} is multiplied with: less the logarithm of what is left of 1. */
  public static double highTerm(double confidence) {
    return -StrictMath.log(Math.max(NEAREST, 1 - confidence));
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
    double logOdds = low * lowTerm(confidence) + high * highTerm(confidence) + shift;
    return (float) (1 / (1 + StrictMath.exp(-logOdds)));
  }

  /**
   * The calibrated probabilities of digits, of which the most confident one is reported. The others
   * are multiplied by one factor: the largest with which none is more likely than the best one, and
   * all others together are at most what that leaves of 1.
   *
   * @param probabilities of the digits, at most 1 together; not changed
   * @param best place of the largest
   * @return as many; the same array where this is {@link #NONE}
   */
  public float[] apply(float[] probabilities, int best) {
    if (equals(NONE)) {
      return probabilities;
    }
    float before = probabilities[best];
    float after = apply(before);
    double factor =
        before <= 0 || before >= 1
            ? 1
            : Math.min((double) after / before, (1.0 - after) / (1.0 - before));
    float[] calibrated = new float[probabilities.length];
    for (int i = 0; i < calibrated.length; i++) {
      calibrated[i] = i == best ? after : (float) (factor * probabilities[i]);
    }
    return calibrated;
  }
}
