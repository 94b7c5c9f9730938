package org.digitstream.training.continuous;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.digitstream.training.evaluation.DigitAlignment;
import org.digitstream.training.evaluation.DigitScore;

/**
 * What was said beside what was heard, one to one, in order and in time: two digits are a pair only
 * where their spans meet, but for a tolerance. Of all alignments it is one with the fewest
 * substitutions, insertions and deletions (each costs 1), and of these the one whose pairs overlap
 * most. A digit that is heard twice is right once and inserted once; one that is heard at another
 * time is missed and inserted.
 *
 * @param pairs in order of time
 */
public record TimedAlignment(List<Pair> pairs) {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /**
   * A digit that was said and the one that was heard for it.
   *
   * @param said null where nothing was said
   * @param heard null where nothing was heard
   */
  public record Pair(TimedDigit said, TimedDigit heard) {
    /** Whether what was said was heard. */
    public boolean isCorrect() {
      return said != null && heard != null && said.digit() == heard.digit();
    }
  }

  /** Keeps an unchangeable copy. */
  public TimedAlignment {
    pairs = List.copyOf(pairs);
  }

  /**
   * Aligns digits, in time and space proportional to the product of their numbers.
   *
   * @param said in order of time
   * @param heard in order of time
   * @param toleranceSamples how far two spans may be apart and still be a pair, at least 0
   */
  public static TimedAlignment of(
      List<TimedDigit> said, List<TimedDigit> heard, long toleranceSamples) {
    double[][] cost = new double[said.size() + 1][heard.size() + 1];
    for (int i = 0; i <= said.size(); i++) {
      for (int j = 0; j <= heard.size(); j++) {
        double alone =
            Math.min(i > 0 ? cost[i - 1][j] + 1 : NEVER, j > 0 ? cost[i][j - 1] + 1 : NEVER);
        double paired =
            i > 0 && j > 0
                ? cost[i - 1][j - 1] + together(said.get(i - 1), heard.get(j - 1), toleranceSamples)
                : NEVER;
        cost[i][j] = i == 0 && j == 0 ? 0 : Math.min(paired, alone);
      }
    }
    List<Pair> backwards = new ArrayList<>();
    int i = said.size();
    int j = heard.size();
    while (i > 0 || j > 0) {
      if (i > 0
          && j > 0
          && cost[i][j]
              == cost[i - 1][j - 1]
                  + together(said.get(i - 1), heard.get(j - 1), toleranceSamples)) {
        backwards.add(new Pair(said.get(--i), heard.get(--j)));
      } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
        backwards.add(new Pair(said.get(--i), null));
      } else {
        backwards.add(new Pair(null, heard.get(--j)));
      }
    }
    Collections.reverse(backwards);
    return new TimedAlignment(backwards);
  }

  /** An error, and less than any error for spans that do not cover each other. */
  private static double together(TimedDigit said, TimedDigit heard, long toleranceSamples) {
    long overlap =
        Math.min(said.endSample(), heard.endSample())
            - Math.max(said.startSample(), heard.startSample());
    if (overlap < -toleranceSamples) {
      return NEVER;
    }
    long all =
        Math.max(said.endSample(), heard.endSample())
            - Math.min(said.startSample(), heard.startSample());
    double apart = 1 - Math.max(0, (double) overlap / all);
    return (said.digit() == heard.digit() ? 0 : 1) + 1e-6 * apart;
  }

  /** The errors, counted. */
  public DigitScore score() {
    return DigitScore.of(
        new DigitAlignment(
            pairs.stream()
                .map(pair -> new DigitAlignment.Pair(digit(pair.said), digit(pair.heard)))
                .toList()));
  }

  private static int digit(TimedDigit digit) {
    return digit == null ? DigitAlignment.NONE : digit.digit();
  }
}
