package org.digitstream.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A word of three tones of 100 ms, the first two a tenth as loud as the last but one. */
class QuietEdgesTest {
  private static final int RATE = 16_000;
  private static final int TENTH = RATE / 10;

  @Test
  void whatIsQuietAtTheEdgesIsCut() {
    short[] word = word(6_000, 300, 300, 5_000, 0.1, 1, 1, 0.01);
    assertThat(QuietEdges.cut(word, 0, word.length, RATE, -12, false))
        .isEqualTo(new QuietEdges.Part(TENTH, 3 * TENTH));
    assertThat(QuietEdges.cut(word, 0, word.length, RATE, -30, false))
        .isEqualTo(new QuietEdges.Part(0, 3 * TENTH));
    assertThat(QuietEdges.cut(word, 0, word.length, RATE, -50, false))
        .isEqualTo(new QuietEdges.Part(0, 4 * TENTH));
  }

  @Test
  void whatIsQuietWithinStays() {
    short[] word = word(300, 300, 300, 300, 1, 0.001, 0.001, 1);
    assertThat(QuietEdges.cut(word, 0, word.length, RATE, -12, false))
        .isEqualTo(new QuietEdges.Part(0, 4 * TENTH));
  }

  @Test
  void aTelephoneDoesNotHearAnS() {
    short[] word = word(6_000, 300, 300, 300, 1, 1, 1, 1);
    assertThat(QuietEdges.cut(word, 0, word.length, RATE, -20, false).from()).isZero();
    assertThat(QuietEdges.cut(word, 0, word.length, RATE, -20, true).from())
        .isBetween(TENTH - RATE / 100, TENTH);
  }

  @Test
  void aWordOfWhichTooLittleWouldBeLeftStaysWhole() {
    short[] word = word(300, 300, 300, 300, 1, 0.01, 0.01, 0.01);
    assertThat(QuietEdges.cut(word, 0, word.length, RATE, -12, false))
        .isEqualTo(new QuietEdges.Part(0, 4 * TENTH));
    assertThat(QuietEdges.cut(word, 10, 20, RATE, -12, true))
        .isEqualTo(new QuietEdges.Part(10, 20));
  }

  @Test
  void whatIsAroundTheWordDoesNotCount() {
    short[] word = word(300, 300, 300, 300, 1, 0.1, 0.1, 1);
    assertThat(QuietEdges.cut(word, TENTH, 3 * TENTH, RATE, -8, false))
        .isEqualTo(new QuietEdges.Part(TENTH, 3 * TENTH));
  }

  /** Four tones: their frequencies, then their amplitudes. */
  private static short[] word(double... tones) {
    short[] samples = new short[4 * TENTH];
    for (int i = 0; i < samples.length; i++) {
      int tone = i / TENTH;
      samples[i] =
          (short) (10_000 * tones[4 + tone] * Math.sin(2 * Math.PI * tones[tone] * i / RATE));
    }
    return samples;
  }
}
