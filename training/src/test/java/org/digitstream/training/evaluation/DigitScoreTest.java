package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigitScoreTest {
  @Test
  void countsEachKindOfError() {
    DigitScore score =
        DigitScore.of(
            List.of(
                DigitAlignment.of("123", "123"), // right
                DigitAlignment.of("4", "5"), // substitution
                DigitAlignment.of("", "7"), // insertion
                DigitAlignment.of("88", "8"))); // deletion

    assertThat(score).isEqualTo(new DigitScore(4, 3, 6, 4, 1, 1, 1));
    assertThat(score.digitErrorRate()).isCloseTo(3 / 6.0, within(1e-12));
    assertThat(score.stringErrorRate()).isCloseTo(3 / 4.0, within(1e-12));
  }

  @Test
  void aRateIsAFractionHoweverManyErrorsThereAre() {
    assertThat(DigitScore.of(DigitAlignment.of("1", "23456")).digitErrorRate()).isEqualTo(1);
    assertThat(DigitScore.of(DigitAlignment.of("", "2")).digitErrorRate()).isEqualTo(1);
    assertThat(DigitScore.of(DigitAlignment.of("", "")).digitErrorRate()).isZero();
    assertThat(DigitScore.NOTHING.stringErrorRate()).isZero();
  }

  @Test
  void countsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new DigitScore(1, 0, 5, 4, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("digits 5, correct 4");
  }
}
