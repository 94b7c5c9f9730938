package org.digitstream.training.corpus;

import java.util.List;
import java.util.function.Predicate;

/**
 * What was read from the corpora that a training was given.
 *
 * @param utterances speech
 * @param noises recordings of noise
 * @param unreadable files that could not be used, with the reason
 */
public record Corpus(
    List<Utterance> utterances, List<NoiseRecording> noises, List<String> unreadable) {
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

  /** All the speech, with the noise that fulfils a condition. */
  public Corpus withNoises(Predicate<NoiseRecording> condition) {
    return new Corpus(utterances, noises.stream().filter(condition).toList(), unreadable);
  }

  /** The samples of the noise, 16-bit mono. */
  public List<short[]> noiseSamples() {
    return noises.stream().map(NoiseRecording::samples).toList();
  }
}
