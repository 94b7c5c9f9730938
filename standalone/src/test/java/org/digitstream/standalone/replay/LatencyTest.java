package org.digitstream.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.digitstream.contract.LatencyStamps;
import org.junit.jupiter.api.Test;

class LatencyTest {
  /** Everything before sample 16000 had been captured at 5 s. */
  private final LatencyStamps stamps = new LatencyStamps(5_000_000, 16_000, 5_010_000);

  @Test
  void countsFromWhenTheSampleWasCaptured() {
    assertThat(Latency.micros(stamps, 16_000, 16_000, 5_030_000)).isEqualTo(30_000);
    assertThat(Latency.micros(stamps, 14_400, 16_000, 5_030_000)).isEqualTo(130_000);
    assertThat(Latency.micros(stamps, 16_160, 16_000, 5_030_000)).isEqualTo(20_000);
  }
}
