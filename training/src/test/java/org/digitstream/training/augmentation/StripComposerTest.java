package org.digitstream.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Corpus;
import org.junit.jupiter.api.Test;

class StripComposerTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final TemporalShape SHAPE =
      new TemporalShape(40, List.of(new Convolution(9, 2, 4), new Convolution(9, 1, 4)), 11);
  private static final int OUTPUTS = 128;
  private static final int LOOK_AHEAD = 5;

  private static StripComposer composer(long seed) {
    return new StripComposer(Speech.allDigits(), SPEC, SHAPE, LOOK_AHEAD, OUTPUTS, seed);
  }

  @Test
  void theSameNumberIsTheSameStripAndOthersAreNot() {
    Strip strip = composer(1).compose(17);
    assertThat(composer(1).compose(17).samples()).isEqualTo(strip.samples());
    assertThat(composer(1).compose(17).classes()).isEqualTo(strip.classes());
    assertThat(composer(1).compose(18).samples()).isNotEqualTo(strip.samples());
    assertThat(composer(2).compose(17).samples()).isNotEqualTo(strip.samples());
  }

  @Test
  void aStripIsAsLongAsItsOutputsNeed() {
    Strip strip = composer(1).compose(0);
    assertThat(strip.classes()).hasSize(OUTPUTS);
    assertThat(strip.samples()).hasSize((SHAPE.inputFrames(OUTPUTS) - 1) * 160 + 512);
  }

  @Test
  void everyClassIsTaughtAndDigitsEvenly() {
    int[] count = new int[11];
    for (int i = 0; i < 300; i++) {
      for (byte taught : composer(1).compose(i).classes()) {
        if (taught != Strip.UNKNOWN) {
          count[taught]++;
        }
      }
    }
    for (int digit = 0; digit < 10; digit++) {
      assertThat(count[digit]).as("digit %d", digit).isBetween(700, 2800);
    }
    assertThat(count[10]).isGreaterThan(5000);
  }

  /**
   * Each digit is a tone of its own, so what an output is taught can be heard where it is taught.
   */
  @Test
  void whatAnOutputIsTaughtIsHeardAtItsPlace() {
    int right = 0;
    int taughtDigits = 0;
    for (int i = 0; i < 60; i++) {
      Strip strip = composer(5).compose(i);
      for (int output = 0; output < OUTPUTS; output++) {
        int taught = strip.classes()[output];
        if (taught < 0 || taught > 9) {
          continue;
        }
        int frame = SHAPE.receptiveFieldFrames() - 1 - LOOK_AHEAD + 2 * output;
        int from = frame * 160 + 256 - 160;
        // The speed of a word shifts its tone by up to a quarter.
        double mine = 0;
        double others = 0;
        for (int digit = 0; digit < 10; digit++) {
          for (double speed = 0.76; speed < 1.32; speed += 0.04) {
            double power = power(strip.samples(), from, 320, (300 + 250 * digit) * speed);
            if (digit == taught) {
              mine = Math.max(mine, power);
            } else {
              others = Math.max(others, power);
            }
          }
        }
        taughtDigits++;
        right += mine > 0.3 * others ? 1 : 0;
      }
    }
    assertThat(taughtDigits).isGreaterThan(1000);
    assertThat((double) right / taughtDigits).isGreaterThan(0.85);
  }

  @Test
  void aDigitThatNobodySaysIsNamed() {
    Corpus without7 = Speech.allDigits().where(utterance -> !utterance.transcript().equals("7"));
    assertThatThrownBy(() -> new StripComposer(without7, SPEC, SHAPE, 5, OUTPUTS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("digit 7");
  }

  /** The power of a tone. */
  private static double power(short[] samples, int from, int count, double hz) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < count; i++) {
      double w = 2 * Math.PI * hz * i / 16_000;
      re += samples[from + i] * Math.cos(w);
      im += samples[from + i] * Math.sin(w);
    }
    return re * re + im * im;
  }
}
