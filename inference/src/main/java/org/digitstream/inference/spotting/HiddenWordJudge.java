package org.digitstream.inference.spotting;

import org.digitstream.inference.model.JudgeShape;
import org.digitstream.inference.model.WordJudge;

/**
 * Judges decoded words by what the network's last layer was given from shortly before them until
 * they were decided.
 */
final class HiddenWordJudge implements DecodedWord.Judge {
  private static final int OUTPUTS_BEFORE = 3;
  private static final int THIRDS = 3;

  private final HiddenHistory history;
  private final int hidden;
  private final WordJudge judge;

  HiddenWordJudge(HiddenHistory history, WordJudge judge) {
    this.history = history;
    this.hidden = judge.hidden();
    this.judge = judge;
  }

  @Override
  public DecodedWord judge(DecodedWord word) {
    return word.judged(judge.judge(inputs(history, hidden, word), word.probabilities()));
  }

  /** What a judge is told of a word. */
  static float[] inputs(HiddenHistory history, int hidden, DecodedWord word) {
    float[] means = new float[JudgeShape.STRETCHES * hidden];
    long first = word.firstOutput();
    long last = word.lastOutput();
    long now = word.decidedOutput();
    long length = last - first + 1;
    history.putMean(first - OUTPUTS_BEFORE, first - 1, now, means, 0);
    for (int third = 0; third < THIRDS; third++) {
      // Thirds that are no whole number of outputs overlap.
      long from = first + third * length / THIRDS;
      long to = first + ((third + 1) * length + THIRDS - 1) / THIRDS - 1;
      history.putMean(from, Math.max(from, to), now, means, (1 + third) * hidden);
    }
    history.putMean(last + 1, now, now, means, (JudgeShape.STRETCHES - 1) * hidden);
    return WordJudge.inputs(means, length, word.digit(), word.probabilities());
  }
}
