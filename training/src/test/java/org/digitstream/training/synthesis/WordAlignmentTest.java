package org.digitstream.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordAlignmentTest {
  private static final int FRAME = Speech.RATE / 100;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void wordsOfOtherLengthsAreFoundWithin20Milliseconds(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<short[]> alone = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    short[] string = new short[0];
    int digit = random.nextInt(10);
    for (int i = 0; i < 5; i++) {
      digit = (digit + 1 + random.nextInt(9)) % 10;
      int millis = random.nextInt(200, 500);
      alone.add(Speech.word(digit, millis, 0, seed + i));
      string = joined(string, Speech.word(digit, millis * random.nextInt(60, 150) / 100, 0, i));
      ends.add(string.length);
    }

    List<WordAlignment.Place> places = WordAlignment.of(string, alone, Speech.RATE);

    assertThat(places).hasSize(5);
    assertThat(places.get(0).startSample()).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(places.get(i).endSample()).isCloseTo(ends.get(i), Offset.offset(2 * FRAME));
    }
    for (int i = 1; i < 5; i++) {
      assertThat(places.get(i).startSample()).isEqualTo(places.get(i - 1).endSample());
    }
    assertThat(places.get(4).endSample()).isEqualTo(string.length);
  }

  @Test
  void aWordSaidTwiceIsParted() throws Exception {
    short[] word = joined(Speech.word(2, 200, 0, 1), Speech.word(7, 200, 0, 2));
    short[] shorter = joined(Speech.word(2, 150, 0, 3), Speech.word(7, 150, 0, 4));

    List<WordAlignment.Place> places =
        WordAlignment.of(joined(shorter, shorter), List.of(word, word), Speech.RATE);

    assertThat(places.get(0).endSample()).isCloseTo(shorter.length, Offset.offset(FRAME));
  }

  @Test
  void anyRateServes() throws Exception {
    short[] one = Speech.word(1, 300, 0, 1);
    short[] two = Speech.word(2, 300, 0, 2);
    for (int rate : new int[] {8_000, 22_050, 48_000}) {
      List<WordAlignment.Place> places =
          WordAlignment.of(joined(one, two), List.of(one, two), rate);
      assertThat(places.get(0).endSample()).isCloseTo(one.length, Offset.offset(rate / 100));
    }
  }

  @Test
  void whatIsFarTooShortOrTooLongForItsWordsIsRefused() {
    short[] word = Speech.word(1, 300, 0, 1);
    short[] other = Speech.word(2, 300, 0, 2);
    for (short[] string : List.of(word, Speech.word(1, 6_000, 0, 3))) {
      assertThatThrownBy(
              () -> WordAlignment.of(string, List.of(word, other, word, other, word), Speech.RATE))
          .isInstanceOf(SynthesisException.class)
          .hasMessageContaining("far too long or short");
    }
  }

  @Test
  void aWordThatWasNotSaidIsNamed() {
    short[] word = Speech.word(1, 300, 0, 1);
    short[] blip = Speech.word(2, 60, 0, 2);
    assertThatThrownBy(
            () -> WordAlignment.of(joined(word, word), List.of(word, blip, word), Speech.RATE))
        .isInstanceOf(SynthesisException.class)
        .hasMessage("word 2 is not to be found in what was said");
  }

  private static short[] joined(short[] first, short[] second) {
    short[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
