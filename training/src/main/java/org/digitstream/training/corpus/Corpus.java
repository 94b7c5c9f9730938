package org.digitstream.training.corpus;

import java.util.List;
import java.util.function.Predicate;

/**
 * What was read from the corpora that a training was given.
 *
 * @param utterances speech
 * @param noises recordings of noise, 16-bit mono
 * @param unreadable files that could not be used, with the reason
 */
public record Corpus(List<Utterance> utterances, List<short[]> noises, List<String> unreadable) {
  /** Copies the lists. */
  public Corpus {
    utterances = List.copyOf(utterances);
    noises = List.copyOf(noises);
    unreadable = List.copyOf(unreadable);
  }

  /** The part whose utterances fulfil a condition, with all the noise. */
  public Corpus where(Predicate<Utterance> condition) {
    return new Corpus(utterances.stream().filter(condition).toList(), noises, unreadable);
  }
}
