package org.digitstream.training.evaluation;

import org.digitstream.training.corpus.Utterance;

/**
 * A recording to be recognized.
 *
 * @param utterance the recording
 * @param noiseDb signal-to-noise ratio of the noise to mix in, in dB; {@link Answer#CLEAN} for none
 */
public record Question(Utterance utterance, double noiseDb) {
  /** Without noise. */
  public static Question clean(Utterance utterance) {
    return new Question(utterance, Answer.CLEAN);
  }
}
