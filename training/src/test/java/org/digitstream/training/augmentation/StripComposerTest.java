package org.digitstream.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StripComposerTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final int FRAMES = 278;

  private static StripComposer composer(long seed) {
    return new StripComposer(
        Scenes.WORDS, Speech.allDigits(), SPEC, FRAMES, Augmentation.all(), seed);
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
  void aStripIsAsLongAsItsFrames() {
    Strip strip = composer(1).compose(0);
    assertThat(strip.samples()).hasSize((FRAMES - 1) * 160 + 512);
    assertThat(strip.classes()).hasSameSizeAs(strip.samples());
  }

  @Test
  void everyClassIsTaughtAndDigitsEvenly() {
    int[] count = new int[11];
    for (int i = 0; i < 300; i++) {
      Strip strip = composer(1).compose(i);
      for (int at = 0; at < strip.samples().length; at += 320) {
        byte taught = strip.classAt(at);
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

  /** Each digit is a tone of its own, so what is taught can be heard where it is taught. */
  @Test
  void whatIsTaughtIsHeardAtItsPlace() {
    // A microphone that muffles a tone loses it in noise.
    Set<Augmentation> augmentations = EnumSet.allOf(Augmentation.class);
    augmentations.remove(Augmentation.EQUALIZATION);
    StripComposer composer =
        new StripComposer(Scenes.WORDS, Speech.allDigits(), SPEC, FRAMES, augmentations, 5);
    int right = 0;
    int taughtDigits = 0;
    for (int i = 0; i < 60; i++) {
      Strip strip = composer.compose(i);
      for (int centre = 256; centre < strip.samples().length - 256; centre += 320) {
        int taught = strip.classAt(centre);
        if (taught < 0 || taught > 9) {
          continue;
        }
        int from = centre - 160;
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
  void thereIsSilenceBetweenWordsUnlessNoiseIsAdded() {
    assertThat(silentShare(Set.of())).isGreaterThan(0.3);
    assertThat(silentShare(Set.of(Augmentation.NOISE))).isLessThan(0.8 * silentShare(Set.of()));
  }

  private static double silentShare(Set<Augmentation> augmentations) {
    StripComposer composer =
        new StripComposer(Scenes.WORDS, Speech.allDigits(), SPEC, FRAMES, augmentations, 1);
    long silent = 0;
    long all = 0;
    for (int i = 0; i < 40; i++) {
      for (short sample : composer.compose(i).samples()) {
        silent += sample == 0 ? 1 : 0;
        all++;
      }
    }
    return (double) silent / all;
  }

  /** What is taught of strings, from the same recordings. */
  @ParameterizedTest
  @EnumSource(
      value = Augmentation.class,
      names = {"LEVEL", "CLIPPED_EDGES", "QUIET_EDGES", "WEAK_HISS", "TEMPO", "SPEED"})
  void digitsOfStringsAreNamedWhereTheyWerePut(Augmentation augmentation) {
    StripComposer composer =
        new StripComposer(
            Scenes.STRINGS, Speech.allDigits(), SPEC, FRAMES, Set.of(augmentation), 5);
    int touching = 0;
    int digits = 0;
    for (int i = 0; i < 60; i++) {
      Strip strip = composer.compose(i);
      Strip.PlacedDigit before = null;
      for (Strip.PlacedDigit digit : strip.digits()) {
        assertThat(digit.endSample()).isGreaterThan(digit.startSample());
        for (int at = Math.max(0, digit.startSample() + 320);
            at < Math.min(strip.samples().length, digit.endSample() - 320);
            at += 320) {
          assertThat(strip.speech()[at]).isNotEqualTo(Strip.QUIET);
        }
        touching += before != null && digit.startSample() < before.endSample() + 1000 ? 1 : 0;
        digits++;
        before = digit;
      }
    }
    assertThat(digits).isGreaterThan(100);
    assertThat((double) touching / digits).isGreaterThan(0.3);
  }

  @Test
  void aDigitThatNobodySaysIsNamed() {
    Corpus without7 = Speech.allDigits().where(utterance -> !utterance.transcript().equals("7"));
    assertThatThrownBy(
            () -> new StripComposer(Scenes.WORDS, without7, SPEC, FRAMES, Augmentation.all(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("digit 7");
  }

  @Test
  void wordsAreTheRunsOfDigitsWhoseEndIsThere() {
    byte none = Strip.NOT_A_DIGIT;
    byte unknown = Strip.UNKNOWN;
    Strip strip =
        new Strip(
            new short[9],
            new byte[] {none, 3, 3, unknown, 7, none, 7, 7, 7},
            List.of(),
            List.of(),
            new byte[9]);

    assertThat(strip.words()).containsExactly(new Strip.Word(3, 1, 3), new Strip.Word(7, 4, 5));
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
