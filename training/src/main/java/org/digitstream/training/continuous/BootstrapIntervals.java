package org.digitstream.training.continuous;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.digitstream.training.evaluation.DigitScore;

/**
 * How far the error rates of some strings may be off since they are only some: 95 % percentile
 * intervals of the bootstrap (Efron and Tibshirani 1993, chapter 13; of word error rates Bisani and
 * Ney 2004). People are drawn with all that they say, since a person's mistakes resemble each
 * other; where there are too few people for that, strings are drawn, and the interval says nothing
 * of how other people would fare.
 *
 * @param unit what was drawn
 * @param units how many of them there are, and are drawn each time
 * @param digitErrorRate the interval of the digit error rate
 * @param stringErrorRate the interval of the string error rate
 */
public record BootstrapIntervals(
    Unit unit, int units, Interval digitErrorRate, Interval stringErrorRate) {
  /** So many people make an interval over people. */
  public static final int LEAST_PEOPLE = 10;

  /** How often is drawn. */
  public static final int DRAWS = 2_000;

  private static final double TAIL = 0.025;

  /** What is drawn. */
  public enum Unit {
    /** People, with all their strings. */
    PEOPLE,
    /** Strings, whoever says them. */
    STRINGS
  }

  /**
   * An interval of shares.
   *
   * @param low its lower end, 0 to 1
   * @param high its upper end, 0 to 1
   */
  public record Interval(double low, double high) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException quoting ends that are out of order or bounds
     */
    public Interval {
      if (!(low >= 0 && high >= low && high <= 1)) {
        throw new IllegalArgumentException("no interval of shares: " + low + " to " + high);
      }
    }
  }

  /**
   * The intervals of some strings, which depend on their errors and the seed alone.
   *
   * @param strings those of each person; at least one string
   * @param seed of the draws
   * @throws IllegalArgumentException where there are no strings
   */
  public static BootstrapIntervals of(Map<String, List<DigitScore>> strings, long seed) {
    Unit unit = strings.size() >= LEAST_PEOPLE ? Unit.PEOPLE : Unit.STRINGS;
    List<DigitScore> units = new ArrayList<>();
    for (List<DigitScore> some : strings.values()) {
      if (unit == Unit.PEOPLE) {
        units.add(some.stream().reduce(DigitScore.NOTHING, DigitScore::plus));
      } else {
        units.addAll(some);
      }
    }
    if (units.isEmpty()) {
      throw new IllegalArgumentException("there are no strings to draw from");
    }
    double[] digitErrorRates = new double[DRAWS];
    double[] stringErrorRates = new double[DRAWS];
    SplittableRandom random = new SplittableRandom(seed);
    for (int draw = 0; draw < DRAWS; draw++) {
      long digits = 0;
      long errors = 0;
      long all = 0;
      long wrong = 0;
      for (int i = 0; i < units.size(); i++) {
        DigitScore drawn = units.get(random.nextInt(units.size()));
        digits += drawn.digits();
        errors += drawn.errors();
        all += drawn.strings();
        wrong += drawn.stringErrors();
      }
      digitErrorRates[draw] = Math.min(1, (double) errors / Math.max(1, digits));
      stringErrorRates[draw] = (double) wrong / Math.max(1, all);
    }
    return new BootstrapIntervals(
        unit, units.size(), interval(digitErrorRates), interval(stringErrorRates));
  }

  private static Interval interval(double[] rates) {
    Arrays.sort(rates);
    int outside = (int) (TAIL * rates.length);
    return new Interval(rates[outside], rates[rates.length - 1 - outside]);
  }
}
