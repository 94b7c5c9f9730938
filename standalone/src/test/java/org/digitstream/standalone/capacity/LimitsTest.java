package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.digitstream.standalone.replay.LatencyMillis;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Limits LIMITS = new Limits(250, 0.5);

  @Test
  void aLevelIsHeldUpToBothLimits() {
    assertThat(LIMITS.brokenBy(new LatencyMillis(20, 200, 250), 0.5)).isEmpty();
  }

  @Test
  void whatBreaksALimitIsNamed() {
    assertThat(LIMITS.brokenBy(new LatencyMillis(20, 200, 251), 0))
        .contains("p99 251 ms is above 250 ms");
    assertThat(LIMITS.brokenBy(new LatencyMillis(20, 200, 249), 0.6))
        .contains("the lag grew by 0.6 s of audio");
    assertThat(LIMITS.brokenBy(null, 0)).contains("no event came");
  }

  @Test
  void commitsNowAndThenAreNoGrowth() {
    LagTrend trend = new LagTrend();
    IntStream.range(0, 30).forEach(i -> trend.add(i % 2 == 0 ? 0 : 0.5));

    assertThat(trend.growthSeconds()).isCloseTo(0, within(1e-9));
    assertThat(trend.lastSeconds()).isEqualTo(0.5);
  }

  @Test
  void fallingBehindIsGrowth() {
    LagTrend trend = new LagTrend();
    IntStream.range(0, 30).forEach(i -> trend.add(i * 0.1));

    assertThat(trend.growthSeconds()).isCloseTo(2, within(1e-9));
  }

  @Test
  void limitsOutOfBoundsAreQuoted() {
    assertThatThrownBy(() -> new Limits(0, 1)).hasMessageContaining("latencyMillis 0.0");
  }
}
