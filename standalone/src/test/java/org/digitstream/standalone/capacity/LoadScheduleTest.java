package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LoadScheduleTest {
  @Property
  void sendsAreInOrderAndEachStreamIsInRealTime(
      @ForAll @IntRange(min = 1, max = 300) int streams,
      @ForAll @IntRange(min = 1, max = 1000) int chunkMillis,
      @ForAll @IntRange(min = 0, max = 1_000_000) int send) {
    LoadSchedule schedule = new LoadSchedule(streams, chunkMillis);

    assertThat(schedule.dueNanos(send + 1)).isGreaterThanOrEqualTo(schedule.dueNanos(send));
    assertThat(schedule.dueNanos(send + streams) - schedule.dueNanos(send))
        .isEqualTo(chunkMillis * 1_000_000L);
    assertThat(schedule.stream(send + streams)).isEqualTo(schedule.stream(send));
    assertThat(schedule.chunk(send + streams)).isEqualTo(schedule.chunk(send) + 1);
  }

  @Test
  void streamsBeginEvenlyApartWithinOneChunk() {
    LoadSchedule schedule = new LoadSchedule(4, 100);

    assertThat(IntStream.range(0, 4).mapToLong(schedule::beginNanos))
        .containsExactly(0L, 25_000_000L, 50_000_000L, 75_000_000L);
    assertThat(schedule.dueNanos(0)).isEqualTo(100_000_000);
    assertThat(schedule.sendsPerSecond()).isEqualTo(40);
  }

  @Test
  void numbersOutOfBoundsAreQuoted() {
    assertThatThrownBy(() -> new LoadSchedule(0, 100)).hasMessageContaining("streams 0");
    assertThatThrownBy(() -> new LoadSchedule(1, 1001)).hasMessageContaining("chunkMillis 1001");
  }
}
