package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WordEvidenceTest {
  private static final WordEvidence EVIDENCE = new WordEvidence(-8, 1, 0.5f, 3, 2, 20);

  @Property
  void aConfidenceIsAProbability(
      @ForAll @DoubleRange(min = 0, max = 1) double digit,
      @ForAll @DoubleRange(min = 0, max = 1) double otherOfRest,
      @ForAll @IntRange(min = 1, max = 1000) int outputs) {
    assertThat(EVIDENCE.confidence(digit, otherOfRest * (1 - digit), outputs, 0.5f))
        .isBetween(0f, 1f);
  }

  @Property
  void moreOfTheDigitLessOfOtherWordsMoreTimeAndADigitBeforeMakeSurer(
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double digit,
      @ForAll @DoubleRange(min = 0.01, max = 0.4) double other,
      @ForAll @IntRange(min = 1, max = 60) int outputs) {
    float confidence = EVIDENCE.confidence(digit, other, outputs, 0.3f);
    assertThat(EVIDENCE.confidence(digit + 0.1, other, outputs, 0.3f)).isGreaterThan(confidence);
    assertThat(EVIDENCE.confidence(digit, other + 0.1, outputs, 0.3f)).isLessThan(confidence);
    assertThat(EVIDENCE.confidence(digit, other, outputs + 5, 0.3f)).isGreaterThan(confidence);
    assertThat(EVIDENCE.confidence(digit, other, outputs, 0.6f)).isGreaterThan(confidence);
  }

  @Test
  void itIsTheLogisticOfAWeightedSum() {
    // logit(0.6) = 0.4055 and logit(0.75) = 1.0986, both drawn in a little; ln 20 = 2.9957.
    double logOdds =
        -8 + Math.log(0.603 / 0.403) + 0.5 * Math.log(0.753 / 0.253) + 3 * Math.log(20) + 2 * 0.25;
    assertThat(EVIDENCE.confidence(0.6, 0.2, 20, 0.25f))
        .isCloseTo((float) (1 / (1 + Math.exp(-logOdds))), within(1e-6f));
    assertThat(WordEvidence.MEAN_PROBABILITY.confidence(0.6, 0.2, 20, 0.9f))
        .isCloseTo(0.6f, within(1e-3f));
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new WordEvidence(Float.NaN, 1, 1, 1, 1, 1))
        .hasMessageContaining("shift");
    assertThatThrownBy(() -> new WordEvidence(0, -1, 1, 1, 1, 1))
        .hasMessageContaining("digit -1.0");
    assertThatThrownBy(() -> new WordEvidence(0, 1, 101, 1, 1, 1))
        .hasMessageContaining("amongWords");
    assertThatThrownBy(() -> new WordEvidence(0, 1, 1, Float.NaN, 1, 1))
        .hasMessageContaining("duration");
    assertThatThrownBy(() -> new WordEvidence(0, 1, 1, 1, -1, 1)).hasMessageContaining("following");
    assertThatThrownBy(() -> new WordEvidence(0, 1, 1, 1, 1, -1))
        .hasMessageContaining("followingOutputs -1");
  }
}
