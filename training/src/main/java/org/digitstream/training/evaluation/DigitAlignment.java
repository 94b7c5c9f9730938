package org.digitstream.training.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was said beside what was heard, one to one and in order, with as few errors as possible: the
 * Levenshtein alignment with a cost of 1 for each substitution, insertion and deletion (Sclite's
 * errors with equal weights). Of several alignments with the fewest errors it is the one that pairs
 * digits as late as possible; the counts of all of them have the same sum.
 *
 * @param pairs the pairs in order
 */
public record DigitAlignment(List<Pair> pairs) {
  /** Stands in a {@link Pair} where there is no digit. */
  public static final int NONE = -1;

  /**
   * A digit that was said and the one that was heard for it.
   *
   * @param expected 0 to 9, or {@link #NONE} where nothing was said
   * @param recognized 0 to 9, or {@link #NONE} where nothing was heard
   */
  public record Pair(int expected, int recognized) {
    /**
     * Checks both values.
     *
     * @throws IllegalArgumentException if one is no digit, or neither is there
     */
    public Pair {
      if (expected < NONE || expected > 9 || recognized < NONE || recognized > 9) {
        throw new IllegalArgumentException(
            "a pair has digits 0..9 or -1, not " + expected + " and " + recognized);
      }
      if (expected == NONE && recognized == NONE) {
        throw new IllegalArgumentException("a pair has at least one digit");
      }
    }

    /** Whether what was said was heard. */
    public boolean isCorrect() {
      return expected == recognized;
    }

    /** Whether another digit was heard. */
    public boolean isSubstitution() {
      return expected != NONE && recognized != NONE && expected != recognized;
    }

    /** Whether a digit was heard where none was said. */
    public boolean isInsertion() {
      return expected == NONE;
    }

    /** Whether a digit was said and none heard. */
    public boolean isDeletion() {
      return recognized == NONE;
    }
  }

  /** Keeps an unchangeable copy. */
  public DigitAlignment {
    pairs = List.copyOf(pairs);
  }

  /**
   * Aligns two strings in time and space proportional to the product of their lengths.
   *
   * @param expected digits that were said, such as {@code 2125551234}; may be empty
   * @param recognized digits that were heard; may be empty
   * @throws IllegalArgumentException quoting a string that has anything but the digits 0 to 9
   */
  public static DigitAlignment of(String expected, String recognized) {
    requireDigits("expected", expected);
    requireDigits("recognized", recognized);
    int[][] errors = errors(expected, recognized);
    List<Pair> backwards = new ArrayList<>();
    int said = expected.length();
    int heard = recognized.length();
    while (said > 0 || heard > 0) {
      if (said > 0
          && heard > 0
          && errors[said][heard]
              == errors[said - 1][heard - 1]
                  + cost(expected.charAt(said - 1), recognized.charAt(heard - 1))) {
        backwards.add(new Pair(expected.charAt(--said) - '0', recognized.charAt(--heard) - '0'));
      } else if (said > 0 && errors[said][heard] == errors[said - 1][heard] + 1) {
        backwards.add(new Pair(expected.charAt(--said) - '0', NONE));
      } else {
        backwards.add(new Pair(NONE, recognized.charAt(--heard) - '0'));
      }
    }
    Collections.reverse(backwards);
    return new DigitAlignment(backwards);
  }

  /** {@code errors[i][j]}: the fewest errors between the first i said and the first j heard. */
  private static int[][] errors(String expected, String recognized) {
    int[][] errors = new int[expected.length() + 1][recognized.length() + 1];
    for (int i = 0; i <= expected.length(); i++) {
      for (int j = 0; j <= recognized.length(); j++) {
        if (i == 0 || j == 0) {
          errors[i][j] = i + j;
        } else {
          int paired =
              errors[i - 1][j - 1] + cost(expected.charAt(i - 1), recognized.charAt(j - 1));
          errors[i][j] = Math.min(paired, 1 + Math.min(errors[i - 1][j], errors[i][j - 1]));
        }
      }
    }
    return errors;
  }

  private static int cost(char said, char heard) {
    return said == heard ? 0 : 1;
  }

  private static void requireDigits(String what, String digits) {
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          what + " '" + digits + "' is not a string of the digits 0 to 9");
    }
  }

  /** Substitutions, insertions and deletions together. */
  public int errors() {
    return (int) pairs.stream().filter(pair -> !pair.isCorrect()).count();
  }
}
