package org.digitstream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamSamplerTest {
  private final StreamSampler sampler = new StreamSampler();

  /** The chosen ones of so many that begin within a second, from its beginning on. */
  private static Set<Integer> chosen(StreamSampler by, int count, long secondMillis) {
    Set<Integer> chosen = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      if (by.begins("stream-" + i, secondMillis + i * 999L / count)) {
        chosen.add(i);
      }
    }
    return chosen;
  }

  @Test
  void whileFewBeginAllAreChosen() {
    for (int second = 0; second < 3; second++) {
      assertThat(chosen(sampler, StreamSampler.MOST_IN_A_SECOND, second * 1_000L))
          .hasSize(StreamSampler.MOST_IN_A_SECOND);
    }
  }

  @Test
  void ofMoreASampleIsChosen() {
    chosen(sampler, 1_000, 0);
    assertThat(chosen(sampler, 1_000, 1_000)).hasSizeBetween(90, 160);
    assertThat(sampler.isSampling(2_500)).isTrue();
    assertThat(sampler.isSampling(3_000)).isFalse();
  }

  @Test
  void everybodyChoosesTheSameSample() {
    chosen(sampler, 500, 0);
    StreamSampler another = new StreamSampler();
    chosen(another, 100, 7_000);
    assertThat(chosen(another, 1_000, 8_000)).isEqualTo(chosen(sampler, 1_000, 1_000));
  }

  @Test
  void anIdCanBeChosenThatIsAlwaysInTheSample() {
    chosen(sampler, 1_000, 0);
    AtomicInteger number = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      String id = StreamSampler.idInSample(() -> "s" + number.getAndIncrement());
      assertThat(sampler.begins(id, 1_000)).isTrue();
    }
    assertThat(number.get()).isGreaterThan(80);
  }

  @Test
  void whenFewBeginAgainAllAreChosen() {
    chosen(sampler, 1_000, 0);
    assertThat(chosen(sampler, 50, 1_000)).hasSizeLessThan(25);
    assertThat(chosen(sampler, 50, 2_000)).hasSize(50);
    chosen(sampler, 1_000, 3_000);
    assertThat(sampler.begins("later", 5_000)).isTrue();
  }
}
