package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.digitstream.training.evaluation.DigitScore;
import org.junit.jupiter.api.Test;

class BootstrapIntervalsTest {
  private static DigitScore string(int digits, int wrong) {
    return new DigitScore(1, wrong > 0 ? 1 : 0, digits, digits - wrong, wrong, 0, 0);
  }

  /** So many people with as many strings of five digits, each wrong with a person's own chance. */
  private static Map<String, List<DigitScore>> strings(
      int people, int each, double worst, SplittableRandom random) {
    Map<String, List<DigitScore>> strings = new TreeMap<>();
    for (int person = 0; person < people; person++) {
      double chance = random.nextDouble(worst);
      List<DigitScore> own = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        int wrong = 0;
        for (int digit = 0; digit < 5; digit++) {
          wrong += random.nextDouble() < chance ? 1 : 0;
        }
        own.add(string(5, wrong));
      }
      strings.put("a/" + person, own);
    }
    return strings;
  }

  @Test
  void thePerfectIsCertain() {
    for (int people : new int[] {1, 20}) {
      Map<String, List<DigitScore>> perfect = new TreeMap<>();
      for (int person = 0; person < people; person++) {
        perfect.put("a/" + person, List.of(string(5, 0), string(4, 0)));
      }
      BootstrapIntervals intervals = BootstrapIntervals.of(perfect, 1);
      assertThat(intervals.digitErrorRate()).isEqualTo(new BootstrapIntervals.Interval(0, 0));
      assertThat(intervals.stringErrorRate()).isEqualTo(new BootstrapIntervals.Interval(0, 0));
    }
  }

  @Test
  void thePeopleAreDrawnWhereThereAreEnoughOfThemElseTheStrings() {
    SplittableRandom random = new SplittableRandom(1);
    BootstrapIntervals few = BootstrapIntervals.of(strings(9, 4, 0.2, random), 1);
    assertThat(few.unit()).isEqualTo(BootstrapIntervals.Unit.STRINGS);
    assertThat(few.units()).isEqualTo(36);
    BootstrapIntervals many = BootstrapIntervals.of(strings(10, 4, 0.2, random), 1);
    assertThat(many.unit()).isEqualTo(BootstrapIntervals.Unit.PEOPLE);
    assertThat(many.units()).isEqualTo(10);
  }

  @Test
  void theSeedDecides() {
    Map<String, List<DigitScore>> strings = strings(15, 5, 0.3, new SplittableRandom(2));
    assertThat(BootstrapIntervals.of(strings, 7)).isEqualTo(BootstrapIntervals.of(strings, 7));
    assertThat(LongStream.range(0, 20).mapToObj(seed -> BootstrapIntervals.of(strings, seed)))
        .anyMatch(other -> !other.equals(BootstrapIntervals.of(strings, 7)));
  }

  /** Chances are even from 0 to 0.2, so in the long run a tenth of the digits is wrong. */
  @Test
  void theTruthLiesWithinNineteenOfTwentyIntervals() {
    SplittableRandom random = new SplittableRandom(3);
    int within = 0;
    for (int trial = 0; trial < 200; trial++) {
      BootstrapIntervals.Interval interval =
          BootstrapIntervals.of(strings(30, 4, 0.2, random), trial).digitErrorRate();
      within += interval.low() <= 0.1 && interval.high() >= 0.1 ? 1 : 0;
      assertThat(interval.high() - interval.low()).isBetween(0.02, 0.1);
    }
    assertThat(within).isBetween(178, 199);
  }

  /** Twelve people of whom some are always right and some never: their strings are no evidence. */
  @Test
  void peopleWhoDifferMakeTheIntervalWide() {
    Map<String, List<DigitScore>> strings = new TreeMap<>();
    List<DigitScore> right = new ArrayList<>();
    List<DigitScore> wrong = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      right.add(string(5, 0));
      wrong.add(string(5, 5));
    }
    for (int person = 0; person < 12; person++) {
      strings.put("a/" + person, person < 6 ? right : wrong);
    }
    BootstrapIntervals.Interval overPeople = BootstrapIntervals.of(strings, 1).digitErrorRate();
    BootstrapIntervals.Interval overStrings =
        BootstrapIntervals.of(
                Map.of("a/x", strings.values().stream().flatMap(List::stream).toList()), 1)
            .digitErrorRate();
    assertThat(overPeople.high() - overPeople.low()).isGreaterThan(0.4);
    assertThat(overStrings.high() - overStrings.low()).isLessThan(0.1);
  }

  @Test
  void nothingHasNoInterval() {
    assertThatThrownBy(() -> BootstrapIntervals.of(Map.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no strings");
  }
}
