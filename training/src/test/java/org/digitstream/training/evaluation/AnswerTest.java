package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Utterance SEVEN = Speech.isolated("fsdd", "theo", 7, 3);

  @Test
  void theCandidateIsTheMostConfidentDigit() {
    Answer answer =
        Answer.of(SEVEN, Answer.CLEAN, List.of(detection(0, 3, 0.2f), detection(1, 7, 0.9f)), "37");
    assertThat(answer.candidate()).isEqualTo(7);
    assertThat(answer.confidence()).isEqualTo(0.9f);
    assertThat(answer.isRight()).isTrue();
    // The stream reports a 3 that nobody said.
    assertThat(answer.isRightAtThreshold()).isFalse();
    assertThat(answer.officialTest()).isTrue();
  }

  @Test
  void ofTwoDigitsAsConfidentTheEarlierOneIsTheCandidate() {
    assertThat(
            Answer.of(
                    SEVEN,
                    Answer.CLEAN,
                    List.of(detection(0, 3, 0.9f), detection(1, 7, 0.9f)),
                    "37")
                .candidate())
        .isEqualTo(3);
  }

  @Test
  void whereNothingIsReportedThereIsNoCandidateAndItIsWrong() {
    Answer answer = Answer.of(SEVEN, Answer.CLEAN, List.of(), "");
    assertThat(answer.hasCandidate()).isFalse();
    assertThat(answer.confidence()).isZero();
    assertThat(answer.isRight()).isFalse();
    assertThat(answer.isRightAtThreshold()).isFalse();
  }

  @Test
  void otherWordsAreRightAtTheThresholdWhereNothingIsHeardAndNeverInTheClosedSet() {
    Answer quiet = Answers.otherWord("a/b", 4, 0.3);
    assertThat(quiet.isRight()).isFalse();
    assertThat(quiet.isRightAtThreshold()).isTrue();
    assertThat(Answers.otherWord("a/b", 4, 0.7).isRightAtThreshold()).isFalse();
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Answers.digit("a/b", 1, 10, 0.5)).hasMessageContaining("10");
    assertThatThrownBy(() -> Answers.digit("a/b", 1, 1, 1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> Answers.answer("a/b", Utterance.Kind.CUT_DIGIT, "12", 1, 0.5))
        .hasMessageContaining("12");
  }

  private static Detection detection(long index, int digit, float confidence) {
    return new Detection(index, digit, 100 * index, 100 * index + 50, confidence, List.of(), 0);
  }
}
