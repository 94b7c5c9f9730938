package org.digitstream.training.corpus;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A recording in memory with what is said in it.
 *
 * @param corpus name of the corpus
 * @param speaker who speaks, unique together with the corpus
 * @param name file name, in word folders with the folder's; unique together with the speaker
 * @param kind what sort of recording this is
 * @param samples 16-bit mono at the rate that the corpus was read for; not copied
 * @param digits the digits in it, in order
 * @param wordStart first sample of speech
 * @param wordEnd sample after the last one of speech
 */
public record Utterance(
    String corpus,
    String speaker,
    String name,
    Kind kind,
    short[] samples,
    List<SpokenDigit> digits,
    int wordStart,
    int wordEnd) {

  /** Sorts of recordings. */
  public enum Kind {
    /** One digit alone. */
    ISOLATED_DIGIT,
    /** One digit cut out of a sentence, whose place was known roughly. */
    CUT_DIGIT,
    /** A sentence in which the digits' places are known roughly, by forced alignment. */
    SENTENCE,
    /** A sentence of nothing but digits. */
    DIGIT_STRING,
    /** Words that are not digits. */
    OTHER_WORDS;

    /** Whether it is a whole sentence, of digits alone or not. */
    public boolean isSentence() {
      return this == SENTENCE || this == DIGIT_STRING;
    }
  }

  /** Copies the list. */
  public Utterance {
    digits = List.copyOf(digits);
  }

  /** The corpus and the speaker, which together are one person. */
  public String person() {
    return corpus + "/" + speaker;
  }

  /** The digits as a string, such as {@code 2125551234}. */
  public String transcript() {
    return digits.stream().map(d -> Integer.toString(d.digit())).collect(Collectors.joining());
  }
}
