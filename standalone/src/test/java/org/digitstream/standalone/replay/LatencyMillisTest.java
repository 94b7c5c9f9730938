package org.digitstream.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyMillisTest {
  @Test
  void quantilesAreMeasuredValuesByNearestRank() {
    double[] hundredDownToOne = IntStream.range(0, 100).mapToDouble(i -> 100 - i).toArray();

    assertThat(LatencyMillis.of(hundredDownToOne)).isEqualTo(new LatencyMillis(50, 95, 99));
    assertThat(LatencyMillis.of(3, 1, 2)).isEqualTo(new LatencyMillis(2, 3, 3));
    assertThat(LatencyMillis.of(7)).isEqualTo(new LatencyMillis(7, 7, 7));
  }

  @Test
  void ofNothingThereIsNone() {
    assertThat(LatencyMillis.of()).isNull();
  }
}
