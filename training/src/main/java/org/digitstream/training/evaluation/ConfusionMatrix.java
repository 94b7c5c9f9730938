package org.digitstream.training.evaluation;

import java.util.List;

/**
 * How often each digit was heard as which, with a row for what was heard though nothing was said
 * and a column for what was not heard. Confined to one thread while it is added to.
 */
public final class ConfusionMatrix {
  private static final int NOTHING = 10;
  private final int[][] counts = new int[NOTHING + 1][NOTHING + 1];

  /** Of all these strings. */
  public static ConfusionMatrix of(List<DigitAlignment> alignments) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    alignments.forEach(matrix::add);
    return matrix;
  }

  /** Counts the pairs of one string. */
  public void add(DigitAlignment alignment) {
    for (DigitAlignment.Pair pair : alignment.pairs()) {
      counts[place(pair.expected())][place(pair.recognized())]++;
    }
  }

  /**
   * How often one digit was heard as another.
   *
   * @param expected 0 to 9, or {@link DigitAlignment#NONE} for insertions
   * @param recognized 0 to 9, or {@link DigitAlignment#NONE} for deletions
   */
  public int count(int expected, int recognized) {
    return counts[place(expected)][place(recognized)];
  }

  private static int place(int digit) {
    if (digit < DigitAlignment.NONE || digit > 9) {
      throw new IllegalArgumentException("digit " + digit + " is not within -1..9");
    }
    return digit == DigitAlignment.NONE ? NOTHING : digit;
  }

  /** A table for people: a row for each digit that was said, a column for each that was heard. */
  public String toText() {
    int width = 4;
    for (int[] row : counts) {
      for (int count : row) {
        width = Math.max(width, Integer.toString(count).length() + 2);
      }
    }
    StringBuilder text = new StringBuilder("said \\ heard");
    for (int heard = 0; heard < NOTHING; heard++) {
      text.append(padded(Integer.toString(heard), width));
    }
    text.append(padded("missed", width + 4)).append('\n');
    for (int said = 0; said <= NOTHING; said++) {
      text.append(padded(said == NOTHING ? "nothing" : Integer.toString(said), 12));
      for (int heard = 0; heard < NOTHING; heard++) {
        text.append(padded(cell(said, heard), width));
      }
      if (said != NOTHING) {
        text.append(padded(cell(said, NOTHING), width + 4));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String cell(int said, int heard) {
    return counts[said][heard] == 0 ? "." : Integer.toString(counts[said][heard]);
  }

  private static String padded(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
