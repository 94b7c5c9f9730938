package org.digitstream.inference.model;

/**
 * The shape of a {@link WordJudge}, and how much it has to say.
 *
 * @param units of its hidden layer, 1 to 1024
 * @param share of its probabilities in the mean of them and the decoder's, above 0 to 1
 */
public record JudgeShape(int units, float share) {
  /** Stretches of a word that are looked at: before it, its thirds, and after it. */
  public static final int STRETCHES = 5;

  /** What is known of a word beside the network's hidden layer. */
  static final int FIGURES = 2 + 2 * ModelBundle.DIGITS.size();

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public JudgeShape {
    Bounds.requireWithin("units", units, 1024);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share " + share + " is not above 0 and at most 1");
    }
  }

  /** How many values are told of a word, by a network whose last layer is given so many. */
  public static int inputs(int hidden) {
    return STRETCHES * hidden + FIGURES;
  }

  /** Weights and biases for a network whose last layer is given so many values. */
  public int parameterCount(int hidden) {
    return (inputs(hidden) + 1) * units + (units + 1) * ModelBundle.LABELS.size();
  }
}
