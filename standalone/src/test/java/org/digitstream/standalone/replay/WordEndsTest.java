package org.digitstream.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WordEndsTest {
  private static final int RATE = 16_000;
  private static final int BLOCK = RATE / 100;

  private final short[] samples = new short[4 * RATE];
  private final WordEnds ends = new WordEnds(samples, RATE);

  @Property
  void theEndIsWithinTenMillisecondsOfTheLastLoudSample(
      @ForAll @IntRange(min = 8_000, max = 24_000) int end,
      @ForAll @IntRange(min = -1_500, max = 1_500) int spanError) {
    Arrays.fill(samples, (short) 0);
    tone(end - 6_000, end, 8_000);

    assertThat(ends.find(end - 6_000, end + spanError, Long.MAX_VALUE).orElseThrow())
        .isBetween((long) end, (long) end + BLOCK);
  }

  @Example
  void aTailBelowMinus35DecibelIsNotPartOfTheWord() {
    tone(8_000, 16_000, 10_000);
    tone(16_000, 17_600, 170); // -35.4 dB
    assertThat(ends.find(8_000, 17_600, Long.MAX_VALUE)).hasValue(16_000);

    tone(16_000, 17_600, 190); // -34.4 dB
    assertThat(ends.find(8_000, 17_600, Long.MAX_VALUE)).hasValue(17_600);
  }

  @Example
  void theNextWordIsNotPartOfThisOne() {
    tone(8_000, 12_000, 10_000);
    tone(13_600, 18_000, 10_000);

    assertThat(ends.find(8_000, 12_000, 13_600)).hasValue(12_000);
  }

  @Example
  void aWordWithLessThanOneSecondAfterItDoesNotCount() {
    tone(2 * RATE, 3 * RATE, 10_000);
    assertThat(ends.find(2 * RATE, 3 * RATE, Long.MAX_VALUE)).hasValue(3 * RATE);

    tone(3 * RATE, 3 * RATE + 1, 10_000);
    assertThat(ends.find(2 * RATE, 3 * RATE + 1, Long.MAX_VALUE)).isEqualTo(OptionalLong.empty());
  }

  @Example
  void silenceAndSpansOutsideOfTheRecordingHaveNoEnd() {
    assertThat(ends.find(8_000, 16_000, Long.MAX_VALUE)).isEmpty();
    assertThat(ends.find(5 * RATE, 6 * RATE, Long.MAX_VALUE)).isEmpty();
    assertThat(new WordEnds(new short[0], RATE).find(0, 1, Long.MAX_VALUE)).isEmpty();
  }

  private void tone(int from, int to, int amplitude) {
    for (int i = from; i < to; i++) {
      samples[i] = (short) (i % 2 == 0 ? amplitude : -amplitude);
    }
  }
}
