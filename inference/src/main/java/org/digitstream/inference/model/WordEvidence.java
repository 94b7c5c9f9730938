package org.digitstream.inference.model;

/**
 * How sure a decoded word is, from what the network told while it lasted:
 *
 * <p>{@code confidence = logistic(shift + digit * logit(d) + amongWords * logit(d / (d + o)) +
 * duration * ln(n) + following * c)}
 *
 * <p>where {@code d} is the mean probability of the digit over the word, {@code o} that of other
 * words, {@code n} the number of outputs that the word lasted, and {@code c} what the confidence of
 * the word just before it is without its own {@code c}, or 0 where there is none. Pieces of other
 * words that sound as a digit does are short, and much of them is still an other word; a digit in
 * noise is unsure but long, and what is missing is silence; and digits come in strings. The mean
 * probability alone sees nothing of it. The same bits on every machine.
 *
 * @param shift in log-odds, -100 to 100
 * @param digit 0 to 100
 * @param amongWords 0 to 100
 * @param duration 0 to 100
 * @param following 0 to 100
 * @param followingOutputs a word follows another one that ended at most this many outputs before it
 *     began, 0 to 1000
 */
public record WordEvidence(
    float shift,
    float digit,
    float amongWords,
    float duration,
    float following,
    int followingOutputs) {
  /** The mean probability as it is, but for rounding. */
  public static final WordEvidence MEAN_PROBABILITY = new WordEvidence(0, 1, 0, 0, 0, 0);

  /** Shares nearer to 0 or 1 than about this are taken as this near. */
  private static final double NEAREST = 3e-3;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public WordEvidence {
    if (!(shift >= -100 && shift <= 100)) {
      throw new IllegalArgumentException("shift " + shift + " is not within -100..100");
    }
    requireWeight("digit", digit);
    requireWeight("amongWords", amongWords);
    requireWeight("duration", duration);
    requireWeight("following", following);
    if (followingOutputs < 0 || followingOutputs > 1000) {
      throw new IllegalArgumentException(
          "followingOutputs " + followingOutputs + " is not within 0..1000");
    }
  }

  private static void requireWeight(String what, float value) {
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException(what + " " + value + " is not within 0..100");
    }
  }

  /**
   * The confidence.
   *
   * @param digitMean mean probability of the digit, 0 to 1
   * @param otherMean mean probability of other words, 0 to 1
   * @param outputs that the word lasted, at least 1
   * @param before confidence of the word that it follows, without what that one followed; 0 where
   *     it follows none
   * @return 0 to 1
   */
  public float confidence(double digitMean, double otherMean, long outputs, float before) {
    double words = digitMean + otherMean;
    double logOdds =
        shift
            + digit * logit(digitMean)
            + amongWords * logit(words > 0 ? digitMean / words : 0)
            + duration * StrictMath.log(outputs)
            + following * before;
    return (float) (1 / (1 + StrictMath.exp(-logOdds)));
  }

  private static double logit(double share) {
    return StrictMath.log((share + NEAREST) / (1 - share + NEAREST));
  }
}
