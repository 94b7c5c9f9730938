package org.digitstream.training.evaluation;

import java.util.List;

/**
 * Counts over some answers.
 *
 * @param recordings how many
 * @param right of how many the candidate is the digit that is said
 * @param rightAtThreshold of how many the stream reports what is said and nothing else
 * @param heardAnything in how many the stream reports a digit, right or wrong
 */
public record Tally(int recordings, int right, int rightAtThreshold, int heardAnything) {
  /** Of these answers. */
  public static Tally of(List<Answer> answers) {
    return new Tally(
        answers.size(),
        (int) answers.stream().filter(Answer::isRight).count(),
        (int) answers.stream().filter(Answer::isRightAtThreshold).count(),
        (int) answers.stream().filter(answer -> !answer.heard().isEmpty()).count());
  }

  /** Share of the recordings whose candidate is right, 0 to 1; NaN where there are none. */
  public double rightShare() {
    return (double) right / recordings;
  }

  /** Share of the recordings that the stream hears right, 0 to 1; NaN where there are none. */
  public double rightAtThresholdShare() {
    return (double) rightAtThreshold / recordings;
  }

  /** Share of the recordings in which the stream reports a digit; NaN where there are none. */
  public double heardAnythingShare() {
    return (double) heardAnything / recordings;
  }
}
