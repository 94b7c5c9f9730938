package org.digitstream.training.starts;

import java.util.List;

/**
 * What one training came to.
 *
 * @param run which
 * @param fingerprint of everything that decides the result but the run itself
 * @param recordings of single digits that were trained on
 * @param loss mean cross-entropy over the last updates, in nats
 * @param pretrainingSeconds how long the autoencoders took
 * @param trainingSeconds how long the classifier took
 * @param scores right answers of the people left out, by corpus
 */
public record StartResult(
    StartRun run,
    String fingerprint,
    int recordings,
    double loss,
    double pretrainingSeconds,
    double trainingSeconds,
    List<Score> scores) {
  /** Copies the scores. */
  public StartResult {
    scores = List.copyOf(scores);
  }

  /**
   * Digits of a corpus by people left out.
   *
   * @param corpus its name
   * @param digits how many were asked
   * @param right how many got the right candidate, as in {@link
   *     org.digitstream.training.evaluation.Answer#isRight}
   */
  public record Score(String corpus, int digits, int right) {}

  /**
   * The share of right digits, in percent.
   *
   * @param corpus of which; null for all together
   * @return NaN where there are none
   */
  public double rightPercent(String corpus) {
    int digits = 0;
    int right = 0;
    for (Score score : scores) {
      if (corpus == null || score.corpus.equals(corpus)) {
        digits += score.digits;
        right += score.right;
      }
    }
    return digits == 0 ? Double.NaN : 100.0 * right / digits;
  }
}
