package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void noneLeavesEveryConfidenceToTheBit() {
    for (int i = 0; i <= 1000; i++) {
      assertThat(Calibration.NONE.apply(i / 1000f)).isEqualTo(i / 1000f);
    }
    assertThat(Calibration.NONE.apply(new float[] {0.3f, 0.6f}, 1)).containsExactly(0.3f, 0.6f);
  }

  @Test
  void theFormulaIsThatOfBetaCalibration() {
    // Odds of 4 to the power of 2, times e.
    assertThat(new Calibration(2, 2, 1).apply(0.8f))
        .isCloseTo((float) (16 * Math.E / (1 + 16 * Math.E)), within(1e-6f));
    assertThat(new Calibration(0, 1, 0).apply(0.5f)).isCloseTo(2 / 3f, within(1e-6f));
  }

  @Property(tries = 1500)
  void itNeverFallsAndStaysAProbability(
      @ForAll @FloatRange(min = 0, max = 10) float low,
      @ForAll @FloatRange(min = 0.01f, max = 10) float high,
      @ForAll @FloatRange(min = -5, max = 5) float shift,
      @ForAll @FloatRange(min = 0, max = 1) float one,
      @ForAll @FloatRange(min = 0, max = 1) float other) {
    Calibration calibration = new Calibration(low, high, shift);
    float smaller = calibration.apply(Math.min(one, other));
    float larger = calibration.apply(Math.max(one, other));
    assertThat(smaller).isBetween(0f, larger);
    assertThat(larger).isLessThanOrEqualTo(1);
  }

  @Property(tries = 1500)
  void theOthersStayBelowTheBestOneAndWithinWhatItLeaves(
      @ForAll @FloatRange(min = 0.1f, max = 1) float confidence,
      @ForAll @FloatRange(min = 0, max = 1) float split,
      @ForAll @FloatRange(min = -5, max = 5) float shift) {
    float second = Math.min(confidence, (1 - confidence) * split);
    float third = Math.min(second, 1 - confidence - second);
    Calibration calibration = new Calibration(1.5f, 0.7f, shift);
    float[] calibrated = calibration.apply(new float[] {second, confidence, third}, 1);
    assertThat(calibrated[1]).isEqualTo(calibration.apply(confidence));
    assertThat(calibrated[0]).isBetween(0f, calibrated[1] + 1e-6f);
    assertThat(calibrated[2]).isBetween(0f, calibrated[0]);
    assertThat(calibrated[0] + calibrated[1] + calibrated[2]).isLessThanOrEqualTo(1 + 1e-6f);
  }

  @Test
  void valuesOutOfBoundsAreQuoted() {
    assertThatThrownBy(() -> new Calibration(-1, 1, 0)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Calibration(1, 101, 0)).hasMessageContaining("101");
    assertThatThrownBy(() -> new Calibration(0, 0, 0)).hasMessageContaining("low and high");
    assertThatThrownBy(() -> new Calibration(1, 1, Float.NaN)).hasMessageContaining("NaN");
  }
}
