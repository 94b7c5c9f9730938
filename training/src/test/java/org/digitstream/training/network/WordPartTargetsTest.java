package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.digitstream.inference.model.WordParts;
import org.digitstream.training.augmentation.Strip;
import org.junit.jupiter.api.Test;

class WordPartTargetsTest {
  private static final int SAMPLES = 1000;

  private static Strip strip(byte[] speech, Strip.PlacedDigit... digits) {
    return new Strip(
        new short[SAMPLES],
        new byte[SAMPLES],
        List.of(new Strip.Span(900, 950)),
        List.of(digits),
        speech);
  }

  private static Strip strip(Strip.PlacedDigit... digits) {
    return strip(new byte[SAMPLES], digits);
  }

  @Test
  void aWordHasThreeParts() {
    Strip strip = strip(new Strip.PlacedDigit(4, false, 100, 400, 10));

    assertThat(WordPartTargets.at(strip, 100)).isEqualTo((byte) WordParts.classOf(4, 0));
    assertThat(WordPartTargets.at(strip, 199)).isEqualTo((byte) WordParts.classOf(4, 0));
    assertThat(WordPartTargets.at(strip, 200)).isEqualTo((byte) WordParts.classOf(4, 1));
    assertThat(WordPartTargets.at(strip, 399)).isEqualTo((byte) WordParts.classOf(4, 2));
    assertThat(WordPartTargets.at(strip, 400)).isEqualTo(Strip.UNKNOWN);
    assertThat(WordPartTargets.at(strip, 95)).isEqualTo(Strip.UNKNOWN);
    assertThat(WordPartTargets.at(strip, 420)).isEqualTo((byte) WordParts.SILENCE);
  }

  @Test
  void ohIsAWordOfItsOwn() {
    Strip strip = strip(new Strip.PlacedDigit(0, true, 100, 400, 0));

    assertThat(WordPartTargets.at(strip, 250))
        .isEqualTo((byte) WordParts.classOf(WordParts.word(0, true), 1));
  }

  @Test
  void nothingIsCertainWhereTwoOverlapAndInWhatBeganBefore() {
    Strip strip =
        strip(
            new Strip.PlacedDigit(1, false, -50, 100, 0),
            new Strip.PlacedDigit(4, false, 200, 400, 0),
            new Strip.PlacedDigit(5, false, 350, 500, 0));

    assertThat(WordPartTargets.at(strip, 50)).isEqualTo(Strip.UNKNOWN);
    assertThat(WordPartTargets.at(strip, 360)).isEqualTo(Strip.UNKNOWN);
    assertThat(WordPartTargets.at(strip, 410)).isEqualTo((byte) WordParts.classOf(5, 1));
  }

  @Test
  void speechBesideDigitsIsAnotherWordOrUncertain() {
    byte[] speech = new byte[SAMPLES];
    Arrays.fill(speech, 500, 600, Strip.OTHER_SPEECH);
    Arrays.fill(speech, 600, 700, Strip.UNCERTAIN_SPEECH);
    Strip strip = strip(speech);

    assertThat(WordPartTargets.at(strip, 550)).isEqualTo((byte) WordParts.OTHER_WORD);
    assertThat(WordPartTargets.at(strip, 650)).isEqualTo(Strip.UNKNOWN);
    assertThat(WordPartTargets.at(strip, 750)).isEqualTo((byte) WordParts.SILENCE);
    // A quiet moment of another word.
    assertThat(WordPartTargets.at(strip, 920)).isEqualTo(Strip.UNKNOWN);
  }
}
