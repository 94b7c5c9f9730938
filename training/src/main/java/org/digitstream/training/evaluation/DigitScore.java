package org.digitstream.training.evaluation;

import java.util.List;

/**
 * The errors over any number of strings. The digit error rate is (substitutions + insertions +
 * deletions) / digits, as the word error rate of the speech field.
 *
 * @param strings number of strings
 * @param stringErrors number of strings with at least one error
 * @param digits number of digits that were said
 * @param correct number of digits that were heard as they were said
 * @param substitutions number of digits for which another one was heard
 * @param insertions number of digits that were heard though nothing was said
 * @param deletions number of digits that were said and not heard
 */
public record DigitScore(
    int strings,
    int stringErrors,
    int digits,
    int correct,
    int substitutions,
    int insertions,
    int deletions) {
  /** Of no strings at all. */
  public static final DigitScore NOTHING = new DigitScore(0, 0, 0, 0, 0, 0, 0);

  /**
   * Checks that the counts fit together.
   *
   * @throws IllegalArgumentException quoting counts that cannot be
   */
  public DigitScore {
    if (strings < 0
        || stringErrors < 0
        || stringErrors > strings
        || correct < 0
        || substitutions < 0
        || insertions < 0
        || deletions < 0
        || digits != correct + substitutions + deletions) {
      throw new IllegalArgumentException(
          "the counts do not fit together: strings %d, stringErrors %d, digits %d, correct %d, substitutions %d, insertions %d, deletions %d"
              .formatted(
                  strings, stringErrors, digits, correct, substitutions, insertions, deletions));
    }
  }

  /** Of all these strings. */
  public static DigitScore of(List<DigitAlignment> alignments) {
    return alignments.stream().map(DigitScore::of).reduce(NOTHING, DigitScore::plus);
  }

  /** Of one string. */
  public static DigitScore of(DigitAlignment alignment) {
    int correct = 0;
    int substitutions = 0;
    int insertions = 0;
    int deletions = 0;
    for (DigitAlignment.Pair pair : alignment.pairs()) {
      if (pair.isCorrect()) {
        correct++;
      } else if (pair.isSubstitution()) {
        substitutions++;
      } else if (pair.isInsertion()) {
        insertions++;
      } else {
        deletions++;
      }
    }
    return new DigitScore(
        1,
        alignment.errors() == 0 ? 0 : 1,
        correct + substitutions + deletions,
        correct,
        substitutions,
        insertions,
        deletions);
  }

  /** Of the strings of both. */
  public DigitScore plus(DigitScore other) {
    return new DigitScore(
        strings + other.strings,
        stringErrors + other.stringErrors,
        digits + other.digits,
        correct + other.correct,
        substitutions + other.substitutions,
        insertions + other.insertions,
        deletions + other.deletions);
  }

  /** Substitutions, insertions and deletions together. */
  public int errors() {
    return substitutions + insertions + deletions;
  }

  /**
   * Errors for each digit that was said, 0 to 1; 1 also where there are more errors than digits.
   */
  public double digitErrorRate() {
    return fraction(errors(), digits);
  }

  /** The fraction of strings that have an error, 0 to 1. */
  public double stringErrorRate() {
    return fraction(stringErrors, strings);
  }

  private static double fraction(int errors, int of) {
    if (errors == 0) {
      return 0;
    }
    return errors >= of ? 1 : (double) errors / of;
  }
}
