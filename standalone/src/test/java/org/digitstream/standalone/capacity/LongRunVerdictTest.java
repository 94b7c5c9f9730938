package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongRunVerdictTest {
  private static List<LongRunSample> samples(int count, IntFunction<LongRunSample> of) {
    return IntStream.range(0, count).mapToObj(of).toList();
  }

  private static LongRunSample heap(double mebibytes) {
    return new LongRunSample(0, 0, mebibytes, 100, 500, 40, 200, 260);
  }

  @Test
  void whatGrowsWhileItWarmsUpIsFlatAfterwards() {
    assertThat(LongRunVerdict.of(samples(30, i -> heap(i < 10 ? 10 * i : 100))).flat()).isTrue();
  }

  @Test
  void whatGrowsSteadilyIsNamedWithBothFigures() {
    LongRunVerdict verdict = LongRunVerdict.of(samples(30, i -> heap(60 + 5 * i)));

    assertThat(verdict.flat()).isFalse();
    assertThat(verdict.growing()).containsExactly("heap after a collection, MiB: from 133 to 183");
  }

  @Test
  void oneMomentThatIsHighSaysNothing() {
    assertThat(LongRunVerdict.of(samples(30, i -> heap(i == 28 ? 900 : 100))).flat()).isTrue();
  }

  @Test
  void everyFigureIsLookedAt() {
    assertThat(
            LongRunVerdict.of(
                    samples(
                        12,
                        i ->
                            new LongRunSample(
                                i, i, 50 + 9 * i, 90 + 9 * i, 0, 9 * i, 99L * i, 9L * i)))
                .growing())
        .hasSize(5);
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(() -> LongRunVerdict.of(samples(8, i -> heap(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8 samples");
  }
}
