package org.digitstream.inference.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The classes of a network that tells at every moment which part of which word is being said: the
 * first, middle and last third of each of eleven words (the digits by their names, and "oh" for 0),
 * then any other word, then silence or noise.
 */
public final class WordParts {
  /** The digits by their names, then "oh". */
  public static final int WORDS = 11;

  /** The word "oh". */
  public static final int OH = WORDS - 1;

  /** Parts of a word. */
  public static final int PARTS = 3;

  /** The class of words that are no digits. */
  public static final int OTHER_WORD = WORDS * PARTS;

  /** The class of everything that is no speech. */
  public static final int SILENCE = OTHER_WORD + 1;

  /** How many classes there are. */
  public static final int CLASSES = SILENCE + 1;

  /** The classes in the order of the network's outputs. */
  public static final List<String> LABELS = labels();

  private WordParts() {}

  /**
   * The class of a part of a word.
   *
   * @param word 0 to 10
   * @param part 0 to 2
   */
  public static int classOf(int word, int part) {
    return word * PARTS + part;
  }

  /** The word for a digit. */
  public static int word(int digit, boolean oh) {
    return oh ? OH : digit;
  }

  /** The digit that a word says: "oh" says 0. */
  public static int digit(int word) {
    return word == OH ? 0 : word;
  }

  /**
   * The same probabilities as a network with the classes {@link ModelBundle#LABELS} gives: of each
   * digit, all parts of all words that say it; then the rest.
   *
   * @param probabilities of {@link #CLASSES} classes
   * @param offset where they begin
   */
  public static float[] digitProbabilities(float[] probabilities, int offset) {
    float[] digits = new float[ModelBundle.LABELS.size()];
    for (int word = 0; word < WORDS; word++) {
      for (int part = 0; part < PARTS; part++) {
        digits[digit(word)] += probabilities[offset + classOf(word, part)];
      }
    }
    digits[digits.length - 1] =
        probabilities[offset + OTHER_WORD] + probabilities[offset + SILENCE];
    for (int i = 0; i < digits.length; i++) {
      // Rounding may carry a sum past one.
      digits[i] = Math.min(1, digits[i]);
    }
    return digits;
  }

  private static List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (int word = 0; word < WORDS; word++) {
      for (int part = 1; part <= PARTS; part++) {
        labels.add((word == OH ? "oh" : Integer.toString(word)) + "/" + part);
      }
    }
    labels.add("other-word");
    labels.add("silence");
    return List.copyOf(labels);
  }
}
