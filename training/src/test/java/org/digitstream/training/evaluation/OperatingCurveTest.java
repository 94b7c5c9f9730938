package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class OperatingCurveTest {
  private static final List<Answer> ANSWERS =
      List.of(
          Answers.digit("a/x", 1, 1, 0.9),
          Answers.digit("a/x", 2, 2, 0.6),
          Answers.digit("a/x", 3, 8, 0.95),
          Answers.digit("b/y", 4, 4, 0.8),
          Answers.otherWord("b/y", 5, 0.7),
          Answers.otherWord("b/y", 6, 0.2),
          Answers.otherWord("b/y", DigitAlignment.NONE, 0),
          Answers.otherWord("c/z", 1, 0.85));
  private final OperatingCurve curve = OperatingCurve.of(ANSWERS);

  @Test
  void sharesAreThoseOfTheRecordingsAtOrAboveTheThreshold() {
    assertThat(curve.found(0)).isEqualTo(3 / 4.0);
    assertThat(curve.found(0.7)).isEqualTo(2 / 4.0);
    assertThat(curve.found((float) 0.9)).isEqualTo(1 / 4.0);
    assertThat(curve.found(1)).isZero();
    // Even at a threshold of 0, the recording without a candidate is not taken for a digit.
    assertThat(curve.taken(0)).isEqualTo(3 / 4.0);
    assertThat(curve.taken((float) 0.7)).isEqualTo(2 / 4.0);
    assertThat(curve.taken(0.71)).isEqualTo(1 / 4.0);
  }

  @Test
  void aBalancedCurveLetsEveryCorpusCountOnce() {
    OperatingCurve balanced = OperatingCurve.balanced(ANSWERS);
    assertThat(balanced.found(0)).isCloseTo((2 / 3.0 + 1) / 2, within(1e-12));
    assertThat(balanced.taken(0.5)).isCloseTo((1 / 3.0 + 1) / 2, within(1e-12));
  }

  @Test
  void theThresholdFindingAShareIsTheHighestOne() {
    assertThat(curve.thresholdFinding(0.5)).hasValue((float) 0.8);
    assertThat(curve.thresholdFinding(0.75)).hasValue((float) 0.6);
    assertThat(curve.thresholdFinding(0.76)).isEmpty();
  }

  @Test
  void noiseIsNotPartOfTheCurve() {
    List<Answer> more = new ArrayList<>(ANSWERS);
    more.add(Answers.inNoise(ANSWERS.get(0), 5, 1, 0.1));
    assertThat(OperatingCurve.of(more).found(0)).isEqualTo(curve.found(0));
  }

  @Test
  void withoutRecordingsThereAreNoSharesAndNoThreshold() {
    OperatingCurve nothing = OperatingCurve.of(List.of());
    assertThat(nothing.found(0.5)).isNaN();
    assertThat(nothing.taken(0.5)).isNaN();
    assertThat(nothing.thresholdFinding(0.97)).isEmpty();
  }

  @Property(tries = 200)
  void bothSharesFallAsTheThresholdRises(
      @ForAll @NotEmpty List<@FloatRange(min = 0, max = 1) Float> confidences,
      @ForAll @FloatRange(min = 0, max = 1) float one,
      @ForAll @FloatRange(min = 0, max = 1) float other) {
    List<Answer> answers = new ArrayList<>();
    for (float confidence : confidences) {
      answers.add(Answers.digit("a/x", 1, 1, confidence));
      answers.add(Answers.otherWord("a/x", 1, confidence));
    }
    OperatingCurve some = OperatingCurve.of(answers);
    float low = Math.min(one, other);
    float high = Math.max(one, other);
    assertThat(some.found(high)).isLessThanOrEqualTo(some.found(low));
    assertThat(some.taken(high)).isLessThanOrEqualTo(some.taken(low));
  }

  @Property(tries = 200)
  void theThresholdFindsTheShareAndTheNextHigherOneDoesNot(
      @ForAll @NotEmpty List<@FloatRange(min = 0, max = 1) Float> confidences,
      @ForAll @FloatRange(min = 0.01f, max = 1) float share) {
    List<Answer> answers =
        confidences.stream().map(confidence -> Answers.digit("a/x", 1, 1, confidence)).toList();
    OperatingCurve some = OperatingCurve.of(answers);
    double threshold = some.thresholdFinding(share).orElseThrow();
    assertThat(some.found(threshold)).isGreaterThanOrEqualTo(share);
    assertThat(some.found(Math.nextUp((float) threshold))).isLessThan(share);
  }
}
