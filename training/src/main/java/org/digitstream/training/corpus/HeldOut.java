package org.digitstream.training.corpus;

import java.nio.file.Path;
import java.util.Set;

/**
 * What is kept out of training, so that a result says something of people and recordings that the
 * model has not heard.
 *
 * @param people {@code corpus/speaker} of those of whom nothing is trained on
 * @param noises names of the recordings of noise that are not trained on
 */
public record HeldOut(Set<String> people, Set<String> noises) {
  private static final Set<String> FSDD_SPEAKERS =
      Set.of("george", "jackson", "lucas", "nicolas", "theo", "yweweler");
  private static final int FSDD_TEST_TAKES = 5;

  /** Copies the sets. */
  public HeldOut {
    people = Set.copyOf(people);
    noises = Set.copyOf(noises);
  }

  /** People, and no noise. */
  public HeldOut(Set<String> people) {
    this(people, Set.of());
  }

  /** The part of a corpus that may be trained on. */
  public Corpus trainable(Corpus corpus) {
    return corpus.where(this::mayTrainOn).withNoises(noise -> !noises.contains(noise.name()));
  }

  /**
   * Whether a recording belongs to the official test part of FSDD: takes 0 to 4 of each speaker.
   */
  public static boolean isFsddTest(Utterance utterance) {
    return FSDD_SPEAKERS.contains(utterance.speaker())
        && RecordingName.parse(Path.of(utterance.name()))
            .map(name -> name.take() < FSDD_TEST_TAKES)
            .orElse(false);
  }

  /** Whether an utterance is by somebody who is held out. */
  public boolean isStranger(Utterance utterance) {
    return people.contains(utterance.person());
  }

  /** Whether an utterance may be trained on. */
  public boolean mayTrainOn(Utterance utterance) {
    return !isFsddTest(utterance) && !isStranger(utterance);
  }
}
