package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HiddenWordJudgeTest {
  private static final float[] PROBABILITIES = {0, 0, 0, 0.6f, 0, 0, 0, 0.3f, 0, 0};

  /** The last layer was given the number of the output. */
  private static HiddenHistory counting(long outputs) {
    HiddenHistory history = new HiddenHistory(1);
    for (long output = 0; output < outputs; output++) {
      history.add(output, new float[] {output}, 0);
    }
    return history;
  }

  private static float[] means(long first, long last, long decided) {
    DecodedWord word = new DecodedWord(3, first, last, decided, PROBABILITIES);
    return Arrays.copyOf(HiddenWordJudge.inputs(counting(decided + 1), 1, word), 5);
  }

  @Test
  void whatIsBeforeTheThirdsOfAndAfterAWordIsTold() {
    assertThat(means(10, 18, 20)).containsExactly(8, 11, 14, 17, 19.5f);
  }

  @Test
  void thirdsThatAreNotWholeOverlap() {
    // Outputs 10 to 12, 12 to 14 and 14 to 16.
    assertThat(means(10, 16, 17)).containsExactly(8, 11, 13, 15, 17);
    assertThat(means(10, 11, 12)).containsExactly(8, 10, 10.5f, 11, 12);
    assertThat(means(10, 10, 10)).containsExactly(8, 10, 10, 10, 0);
  }

  @Test
  void atTheBeginningOfAStreamThereIsNothingBefore() {
    assertThat(means(0, 2, 3)).containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  void ofTwoDigitsThatAreAsLikelyTheDecodedOneStays() {
    float[] equal = {0, 0, 0, 0.4f, 0, 0, 0, 0.4f, 0, 0};
    DecodedWord seven = new DecodedWord(7, 5, 9, 10, PROBABILITIES);
    assertThat(seven.judged(equal).digit()).isEqualTo(7);
    assertThat(seven.judged(PROBABILITIES).digit()).isEqualTo(3);
    assertThat(DecodedWord.Judge.NONE.judge(seven)).isSameAs(seven);
  }
}
