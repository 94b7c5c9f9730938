package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordExtentTest {
  private static final int BANDS = 3;

  /** Frames of one level in every band. */
  private static float[] frames(float... levels) {
    float[] values = new float[levels.length * BANDS];
    for (int i = 0; i < values.length; i++) {
      values[i] = levels[i / BANDS];
    }
    return values;
  }

  private static float[] silenceWith(int from, int to, float level, int frames) {
    float[] levels = new float[frames];
    java.util.Arrays.fill(levels, -12);
    java.util.Arrays.fill(levels, from, to, level);
    return frames(levels);
  }

  @Test
  void aWordReachesToWhereItsLevelFalls() {
    float[] values = silenceWith(30, 60, -2, 96);

    WordSpan span = WordExtent.around(1058, 1000, values, 96, 5.8f, 1095);

    assertThat(span).isEqualTo(new WordSpan(1030, 1059, 1095));
  }

  @Test
  void aShortPauseIsPartOfTheWord() {
    float[] values = silenceWith(30, 60, -2, 96);
    for (int i = 45 * BANDS; i < 52 * BANDS; i++) {
      values[i] = -11;
    }

    assertThat(WordExtent.around(1058, 1000, values, 96, 5.8f, 1095).firstFrame()).isEqualTo(1030);
  }

  @Test
  void theWordBeforeALongerPauseIsNotPartOfIt() {
    float[] values = silenceWith(40, 60, -2, 96);
    for (int i = 10 * BANDS; i < 25 * BANDS; i++) {
      values[i] = -3;
    }

    assertThat(WordExtent.around(1058, 1000, values, 96, 5.8f, 1095))
        .isEqualTo(new WordSpan(1040, 1059, 1095));
  }

  @Test
  void inDigitalSilenceThereIsStillASpan() {
    WordSpan span = WordExtent.around(1058, 1000, frames(new float[96]), 96, 5.8f, 1095);

    assertThat(span.frames()).isBetween(1L, 80L);
  }
}
