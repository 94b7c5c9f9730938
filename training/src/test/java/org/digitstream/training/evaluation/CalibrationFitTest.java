package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.inference.model.Calibration;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {
  @Test
  void theCurveThatTheAnswersFollowIsFound() {
    Calibration truth = new Calibration(0.5f, 1.5f, 0.4f);
    Calibration fitted = CalibrationFit.fit(following(truth, 40_000, 1));
    for (float confidence : new float[] {0.2f, 0.4f, 0.6f, 0.8f, 0.9f}) {
      assertThat(fitted.apply(confidence)).isCloseTo(truth.apply(confidence), within(0.02f));
    }
  }

  @Test
  void calibratedAnswersAreCalibratedAlsoForPeopleWhoWereNotInTheFit() {
    List<Answer> answers = following(new Calibration(2, 2, 1.5f), 20_000, 2);
    assertThat(Reliability.of(answers).expectedError()).isGreaterThan(0.1);
    Calibration fitted = CalibrationFit.fit(answers);
    assertThat(Reliability.of(CalibrationFit.calibrated(answers, fitted)).expectedError())
        .isLessThan(0.015);
    assertThat(CalibrationFit.crossValidated(answers).expectedError()).isLessThan(0.015);
    assertThat(CalibrationFit.crossValidated(answers).answers()).isEqualTo(20_000);
  }

  @Test
  void theCurveNeverFallsEvenWhereTheAnswersDo() {
    // Rare low confidences that are always right would have the free fit fall at first.
    List<Answer> answers = new ArrayList<>(following(new Calibration(0.01f, 3, -1), 3000, 3));
    for (int i = 0; i < 100; i++) {
      answers.add(Answers.digit("a/x", 1, 1, 0.001));
    }
    Calibration fitted = CalibrationFit.fit(answers);
    float last = 0;
    for (int i = 0; i <= 1000; i++) {
      assertThat(fitted.apply(i / 1000f)).isGreaterThanOrEqualTo(last);
      last = fitted.apply(i / 1000f);
    }
    assertThat(fitted.low()).isZero();
  }

  @Test
  void noiseOtherWordsAndMissingCandidatesDoNotCount() {
    List<Answer> answers = following(new Calibration(2, 1, 0), 500, 4);
    List<Answer> more = new ArrayList<>(answers);
    more.add(Answers.otherWord("a/x", 3, 0.99));
    more.add(Answers.inNoise(answers.get(0), 5, 9, 0.99));
    more.add(Answers.digit("a/x", 3, DigitAlignment.NONE, 0));
    assertThat(CalibrationFit.fit(more)).isEqualTo(CalibrationFit.fit(answers));
  }

  @Test
  void answersThatTellNothingOfConfidenceAreRefused() {
    assertThatThrownBy(() -> CalibrationFit.fit(List.of())).hasMessageContaining("not 0 and 0");
    assertThatThrownBy(() -> CalibrationFit.fit(List.of(Answers.digit("a/x", 1, 1, 0.9))))
        .hasMessageContaining("not 1 and 0");
    List<Answer> backwards = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      backwards.add(Answers.digit("a/x", 1, 1, 0.2 + 0.001 * i));
      backwards.add(Answers.digit("a/x", 1, 2, 0.8 + 0.001 * i));
    }
    assertThatThrownBy(() -> CalibrationFit.fit(backwards))
        .hasMessageContaining("not more often right");
  }

  @Test
  void aRegressionWithoutFeaturesIsTheLogOddsOfTheMean() {
    assertThat(LogisticRegression.fit(new double[] {1, 0, 1, 1})[0])
        .isCloseTo(Math.log(3), within(1e-6));
  }

  @Test
  void aRegressionThatTheFeatureTellsPerfectlyEndsWithFiniteWeights() {
    double[] weights =
        LogisticRegression.fit(new double[] {0, 0, 1, 1}, new double[] {-2, -1, 1, 2});
    assertThat(weights[0]).isCloseTo(0, within(1e-6));
    assertThat(weights[1]).isGreaterThan(2).isFinite();
  }

  /** Ten people's answers of random confidence, right as often as a calibration says. */
  private static List<Answer> following(Calibration truth, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float confidence = (float) random.nextDouble();
      boolean right = random.nextDouble() < truth.apply(confidence);
      answers.add(Answers.digit("a/" + i % 10, 1, right ? 1 : 2, confidence));
    }
    return answers;
  }
}
