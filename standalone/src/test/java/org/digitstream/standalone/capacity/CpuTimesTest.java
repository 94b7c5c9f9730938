package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.digitstream.standalone.capacity.CpuTimes.OfThread;
import org.junit.jupiter.api.Test;

class CpuTimesTest {
  private static final CpuTimes BEFORE =
      new CpuTimes(
          1_000,
          5_000,
          Map.of(
              1L, new OfThread("capacity-generator", 1_000),
              2L, new OfThread("digitstream-features-StreamThread-1", 2_000),
              3L, new OfThread("short-lived", 10)));

  @Test
  void everyStageGetsWhatItsThreadsUsed() {
    CpuTimes after =
        new CpuTimes(
            2_000,
            6_000,
            Map.of(
                1L, new OfThread("capacity-generator", 1_100),
                2L, new OfThread("digitstream-features-StreamThread-1", 2_250),
                4L, new OfThread("digitstream-features-StateUpdater-1", 50)));

    Map<Stage, Double> cores = after.coresSince(BEFORE);

    assertThat(cores).containsOnlyKeys(Stage.values());
    assertThat(cores.get(Stage.GENERATOR)).isEqualTo(0.1);
    assertThat(cores.get(Stage.FEATURES)).as("a new thread counts from 0").isEqualTo(0.3);
    assertThat(cores.get(Stage.BROKER)).isZero();
    assertThat(cores.get(Stage.JVM)).as("what no thread used").isEqualTo(0.6);
    assertThat(cores.values().stream().mapToDouble(Double::doubleValue).sum())
        .as("nothing is lost")
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void clocksThatDisagreeMakeNothingNegative() {
    CpuTimes after =
        new CpuTimes(2_000, 5_050, Map.of(1L, new OfThread("capacity-generator", 1_100)));

    assertThat(after.coresSince(BEFORE).get(Stage.JVM)).isZero();
  }

  @Test
  void noTimeIsNoMeasurement() {
    assertThatThrownBy(() -> BEFORE.coresSince(BEFORE)).hasMessageContaining("0 ns");
  }
}
