package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HiddenHistoryTest {
  private final HiddenHistory history = new HiddenHistory(2);

  private float[] mean(long first, long last, long now) {
    float[] target = {7, 7, 7, 7};
    history.putMean(first, last, now, target, 1);
    assertThat(target[0]).isEqualTo(7);
    assertThat(target[3]).isEqualTo(7);
    return new float[] {target[1], target[2]};
  }

  private void addUpTo(long last) {
    for (long output = 0; output <= last; output++) {
      history.add(output, new float[] {99, output, 10 * output}, 1);
    }
  }

  @Test
  void theMeanIsOverWhatIsAskedFor() {
    addUpTo(20);
    assertThat(mean(4, 6, 20)).containsExactly(5, 50);
    assertThat(mean(20, 20, 20)).containsExactly(20, 200);
  }

  @Test
  void beforeTheFirstOutputThereIsNothing() {
    addUpTo(20);
    assertThat(mean(-3, -1, 20)).containsExactly(0, 0);
    assertThat(mean(-3, 1, 20)).containsExactly(0.5f, 5);
  }

  @Test
  void whatIsTooLongAgoDoesNotCount() {
    int more = HiddenHistory.OUTPUTS + 10;
    addUpTo(more);
    assertThat(mean(0, 12, more)).containsExactly(11.5f, 115);
    assertThat(mean(0, 11, more)).containsExactly(11, 110);
    assertThat(mean(0, 10, more)).containsExactly(0, 0);
  }

  @Test
  void whatIsClearedIsForgotten() {
    addUpTo(20);
    history.clear();
    assertThat(mean(4, 6, 20)).containsExactly(0, 0);
  }
}
