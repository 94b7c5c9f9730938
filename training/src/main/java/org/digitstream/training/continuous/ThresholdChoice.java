package org.digitstream.training.continuous;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.digitstream.training.evaluation.DigitScore;

/**
 * The threshold of one part of a sheet, chosen by the answers of the other parts alone: the one
 * with the fewest digit errors in all their passages, of those at which they take no more than some
 * share of their other words for digits; the highest of several. So a result at that threshold says
 * something of people whom neither the model nor the threshold has seen.
 *
 * @param model whose threshold it is
 * @param fold whose threshold it is
 * @param threshold the choice, of 0 to 1 in steps of 0.01
 * @param digitErrorRateOfOthers with it, 0 to 1
 * @param takenOfOthers share of the others' other words that it takes, 0 to 1
 */
public record ThresholdChoice(
    String model,
    String fold,
    float threshold,
    double digitErrorRateOfOthers,
    double takenOfOthers) {
  private static final int STEPS = StreamReport.CURVE_STEPS;

  /** Counts of one part at one threshold. */
  private record Counts(DigitScore digits, int otherWords, int taken) {
    static final Counts NOTHING = new Counts(DigitScore.NOTHING, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          digits.plus(other.digits), otherWords + other.otherWords, taken + other.taken);
    }

    double takenShare() {
      return (double) taken / otherWords;
    }
  }

  /**
   * A choice for each part.
   *
   * @param sheet two parts at least
   * @param mostTaken the largest share of other words that may be taken, 0 to 1
   * @throws IllegalArgumentException where there is one part only, where the others of a part hold
   *     no digits or no other words, or where they take too many at every threshold
   */
  public static List<ThresholdChoice> of(StreamSheet sheet, double mostTaken) {
    List<StreamSheet.Part> parts = sheet.parts();
    if (parts.size() < 2) {
      throw new IllegalArgumentException(
          "a threshold is chosen by other folds, and there is one part only");
    }
    Counts[][] counts = new Counts[STEPS + 1][parts.size()];
    for (int step = 0; step <= STEPS; step++) {
      for (int part = 0; part < parts.size(); part++) {
        counts[step][part] = count(parts.get(part), at(step));
      }
    }
    List<ThresholdChoice> choices = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      choices.add(choose(parts.get(part), part, counts, mostTaken));
    }
    return choices;
  }

  private static float at(int step) {
    return (float) step / STEPS;
  }

  private static Counts count(StreamSheet.Part part, float threshold) {
    return StreamScore.of(part.hearings(), threshold, part.sampleRateHz()).stream()
        .map(score -> new Counts(score.digits(), score.otherWords(), score.otherWordsTaken()))
        .reduce(Counts.NOTHING, Counts::plus);
  }

  private static ThresholdChoice choose(
      StreamSheet.Part part, int own, Counts[][] counts, double mostTaken) {
    ThresholdChoice best = null;
    int fewest = Integer.MAX_VALUE;
    double least = 1;
    for (int step = 0; step <= STEPS; step++) {
      Counts others = Counts.NOTHING;
      for (int other = 0; other < counts[step].length; other++) {
        others = other == own ? others : others.plus(counts[step][other]);
      }
      if (others.digits.digits() == 0 || others.otherWords == 0) {
        throw new IllegalArgumentException(
            "the folds other than '"
                + part.fold()
                + "' hold "
                + others.digits.digits()
                + " digits and "
                + others.otherWords
                + " other words: a threshold is chosen by both");
      }
      least = Math.min(least, others.takenShare());
      if (others.takenShare() <= mostTaken && others.digits.errors() <= fewest) {
        fewest = others.digits.errors();
        best =
            new ThresholdChoice(
                part.model(),
                part.fold(),
                at(step),
                others.digits.digitErrorRate(),
                others.takenShare());
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the folds other than '%s' take %.1f %% of the other words for digits at the least,"
                  + " which is more than %.1f %%",
              part.fold(),
              100 * least,
              100 * mostTaken));
    }
    return best;
  }

  /** A sheet with these thresholds, which were chosen for its parts. */
  public static StreamSheet apply(StreamSheet sheet, List<ThresholdChoice> choices) {
    List<StreamSheet.Part> parts = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      parts.add(sheet.parts().get(i).withThreshold(choices.get(i).threshold));
    }
    return new StreamSheet(parts);
  }
}
