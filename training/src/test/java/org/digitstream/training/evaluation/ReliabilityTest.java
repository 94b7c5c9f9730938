package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
  @Test
  void theErrorIsTheMeanDistanceOfItsBins() {
    // Bins of a half: (0, 0.5] holds two with mean 0.3 and half right, (0.5, 1] one with 0.9,
    // wrong.
    Reliability reliability =
        Reliability.of(
            List.of(
                Answers.digit("a/x", 1, 1, 0.1),
                Answers.digit("a/x", 1, 2, 0.5),
                Answers.digit("a/x", 1, 2, 0.9)),
            2);
    assertThat(reliability.bins()).extracting(Reliability.Bin::answers).containsExactly(2, 1);
    assertThat(reliability.bins().get(0).rightShare()).isEqualTo(0.5);
    assertThat(reliability.expectedError())
        .isCloseTo((2 * (0.5 - 0.3) + 1 * 0.9) / 3, within(1e-7));
  }

  @Test
  void whatIsConfidentAsOftenAsItIsRightHasNoError() {
    List<Answer> answers = new ArrayList<>();
    for (int tenth = 1; tenth <= 10; tenth++) {
      for (int i = 0; i < 10; i++) {
        answers.add(Answers.digit("a/x", 1, i < tenth ? 1 : 2, tenth / 10.0));
      }
    }
    assertThat(Reliability.of(answers).expectedError()).isCloseTo(0, within(1e-6));
  }

  @Test
  void aConstantConfidenceIsOffByItsDistanceFromTheShareOfRightAnswers() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(Answers.digit("a/x", 1, i < 7 ? 1 : 2, 0.99));
    }
    assertThat(Reliability.of(answers).expectedError()).isCloseTo(0.29, within(1e-6));
  }

  @Test
  void certaintyAndItsOppositeHaveBinsAndNoCandidateHasNone() {
    Reliability reliability =
        Reliability.of(
            List.of(
                Answers.digit("a/x", 1, 1, 1),
                Answers.digit("a/x", 1, 1, 0),
                Answers.digit("a/x", 1, DigitAlignment.NONE, 0)));
    assertThat(reliability.bins()).hasSize(15);
    assertThat(reliability.answers()).isEqualTo(2);
    assertThat(reliability.bins().get(0).answers()).isEqualTo(1);
    assertThat(reliability.bins().get(14).answers()).isEqualTo(1);
  }
}
