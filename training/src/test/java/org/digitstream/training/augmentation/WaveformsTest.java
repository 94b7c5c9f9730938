package org.digitstream.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaveformsTest {
  private static final int RATE = 16000;

  @ParameterizedTest
  @ValueSource(doubles = {-24, -6, 6})
  void aShelfMovesWhatIsHighAndLeavesWhatIsLow(double gainDb) {
    assertThat(gainDb(100, audio -> Waveforms.highShelf(audio, 1500, gainDb, RATE)))
        .isCloseTo(0, within(0.2));
    assertThat(gainDb(1500, audio -> Waveforms.highShelf(audio, 1500, gainDb, RATE)))
        .isCloseTo(gainDb / 2, within(0.2));
    assertThat(gainDb(7500, audio -> Waveforms.highShelf(audio, 1500, gainDb, RATE)))
        .isCloseTo(gainDb, within(0.2));
  }

  @Test
  void aPeakMovesItsCentreOnly() {
    assertThat(gainDb(1000, audio -> Waveforms.peak(audio, 1000, 2, 8, RATE)))
        .isCloseTo(8, within(0.1));
    assertThat(gainDb(60, audio -> Waveforms.peak(audio, 1000, 2, 8, RATE)))
        .isCloseTo(0, within(0.2));
  }

  @Test
  void theBandOfATelephoneEndsSteeply() {
    assertThat(gainDb(2000, audio -> Waveforms.lowPass(audio, 3400, RATE)))
        .isCloseTo(0, within(0.2));
    assertThat(gainDb(3400, audio -> Waveforms.lowPass(audio, 3400, RATE)))
        .isCloseTo(-3, within(0.1));
    assertThat(gainDb(5000, audio -> Waveforms.lowPass(audio, 3400, RATE))).isLessThan(-30);
  }

  @Test
  void hissGetsWeakerAndVowelsDoNot() {
    assertThat(gainDb(5000, audio -> Waveforms.weakenHiss(audio, -20, RATE)))
        .isCloseTo(-20, within(0.1));
    assertThat(gainDb(700, audio -> Waveforms.weakenHiss(audio, -20, RATE)))
        .isCloseTo(0, within(0.01));
  }

  @Test
  void speedMovesTonesAndKeepsTheirLevel() {
    short[] tone = new short[RATE];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * 200 * i / RATE));
    }
    float[] fast = Waveforms.atSpeed(tone, 0, tone.length, 1.25);
    assertThat(fast).hasSize(12_800);
    for (int i = 2; i < fast.length - 2; i++) {
      assertThat((double) fast[i])
          .isCloseTo(10_000 / 32_768.0 * Math.sin(2 * Math.PI * 250 * i / RATE), within(2e-4));
    }
    assertThat(Waveforms.atSpeed(tone, 0, tone.length, 1)[5_000]).isEqualTo(tone[5_000] / 32_768f);
    assertThat(Waveforms.atSpeed(new short[] {16_384}, 0, 1, 0.5)).containsExactly(0.5f, 0.5f);
  }

  private interface Filter {
    void apply(float[] audio);
  }

  /** What a filter does to a tone, once it has settled. */
  private static double gainDb(double hz, Filter filter) {
    float[] tone = new float[RATE];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.1 * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    float before = Waveforms.rms(tone, RATE / 2, RATE);
    filter.apply(tone);
    return 20 * Math.log10(Waveforms.rms(tone, RATE / 2, RATE) / before);
  }
}
