package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.training.evaluation.DigitScore;
import org.junit.jupiter.api.Test;

class TimedAlignmentTest {
  private static final int TOLERANCE = 100;

  private static TimedDigit digit(int digit, long start) {
    return new TimedDigit(digit, start, start + 400);
  }

  private static DigitScore score(List<TimedDigit> said, List<TimedDigit> heard) {
    return TimedAlignment.of(said, heard, TOLERANCE).score();
  }

  private static void assertErrors(
      DigitScore score, int substitutions, int insertions, int deletions) {
    assertThat(score.substitutions()).as("substitutions").isEqualTo(substitutions);
    assertThat(score.insertions()).as("insertions").isEqualTo(insertions);
    assertThat(score.deletions()).as("deletions").isEqualTo(deletions);
  }

  private static final List<TimedDigit> SAID =
      List.of(digit(5, 0), digit(5, 400), digit(5, 800), digit(1, 1300), digit(2, 1700));

  @Test
  void aPerfectAnswerScoresPerfect() {
    DigitScore score = score(SAID, SAID);
    assertErrors(score, 0, 0, 0);
    assertThat(score.correct()).isEqualTo(5);
    assertThat(score.stringErrors()).isZero();
  }

  @Test
  void aLittleShiftedIsRightAndFarShiftedIsNot() {
    assertErrors(score(List.of(digit(5, 0)), List.of(digit(5, 90))), 0, 0, 0);
    assertErrors(score(List.of(digit(5, 0)), List.of(digit(5, 480))), 0, 0, 0);
    assertErrors(score(List.of(digit(5, 0)), List.of(digit(5, 520))), 0, 1, 1);
  }

  @Test
  void whatIsHeardTwiceIsInsertedOnce() {
    List<TimedDigit> heard = new ArrayList<>(SAID);
    heard.add(4, new TimedDigit(1, 1500, 1690));
    assertErrors(score(SAID, heard), 0, 1, 0);
  }

  @Test
  void theOneThatCoversMoreIsThePair() {
    TimedDigit whole = digit(7, 1000);
    TimedAlignment alignment =
        TimedAlignment.of(
            List.of(whole), List.of(new TimedDigit(7, 950, 1060), digit(7, 1080)), TOLERANCE);
    assertThat(alignment.pairs())
        .containsExactly(
            new TimedAlignment.Pair(null, new TimedDigit(7, 950, 1060)),
            new TimedAlignment.Pair(whole, digit(7, 1080)));
  }

  @Test
  void whatIsMissedIsMissed() {
    assertErrors(score(SAID, List.of(SAID.get(0), SAID.get(2), SAID.get(3))), 0, 0, 2);
    assertErrors(score(SAID, List.of()), 0, 0, 5);
  }

  @Test
  void swappedDigitsAreTwoSubstitutions() {
    assertErrors(
        score(List.of(digit(1, 0), digit(2, 400)), List.of(digit(2, 0), digit(1, 400))), 2, 0, 0);
  }

  @Test
  void whereNothingWasSaidAllIsInserted() {
    assertErrors(score(List.of(), SAID), 0, 5, 0);
  }

  @Test
  void everyDigitIsInOnePairAndInOrder() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      List<TimedDigit> said = some(random);
      List<TimedDigit> heard = some(random);
      TimedAlignment alignment = TimedAlignment.of(said, heard, TOLERANCE);
      assertThat(alignment.pairs().stream().map(TimedAlignment.Pair::said).filter(d -> d != null))
          .containsExactlyElementsOf(said);
      assertThat(alignment.pairs().stream().map(TimedAlignment.Pair::heard).filter(d -> d != null))
          .containsExactlyElementsOf(heard);
      assertThat(alignment.score().digits()).isEqualTo(said.size());
    }
  }

  private static List<TimedDigit> some(SplittableRandom random) {
    List<TimedDigit> digits = new ArrayList<>();
    long at = 0;
    for (int i = random.nextInt(8); i > 0; i--) {
      at += random.nextInt(600);
      digits.add(digit(random.nextInt(10), at));
      at += 300;
    }
    return digits;
  }
}
