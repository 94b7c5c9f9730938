package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.runtime.events.ReceivedEvent;
import org.junit.jupiter.api.Test;

class EventTimesTest {
  private static final StreamEvent DIGIT =
      new DigitEvent("s", "test", 0, 7, 0, 8_000, 16_000, 0.9f, List.of(), "m");

  private final EventTimes times = new EventTimes();

  private void received(StreamEvent event, long capturedAtMicros, long receivedAtMicros) {
    times.received(
        new ReceivedEvent(
            event,
            Optional.of(new LatencyStamps(capturedAtMicros, 16_000, receivedAtMicros)),
            receivedAtMicros,
            0,
            0));
  }

  @Test
  void digitsCountByWhenTheirAudioWasCapturedHoweverLateTheyCome() {
    times.begin(1_000_000);
    received(DIGIT, 999_999, 1_010_000);
    received(DIGIT, 1_000_000, 1_020_000);
    times.end(2_000_000);
    received(DIGIT, 1_999_999, 2_499_999);
    received(DIGIT, 2_000_000, 2_010_000);

    assertThat(times.millis()).containsExactly(20, 500);
  }

  @Test
  void nothingCountsBeforeTheBeginning() {
    received(DIGIT, 5, 10);
    assertThat(times.millis()).isEmpty();

    times.begin(0);
    received(DIGIT, 5, 1_005);
    times.begin(10);

    assertThat(times.millis()).isEmpty();
  }

  @Test
  void endsAndEventsWithoutStampsDoNotCount() {
    times.begin(0);
    received(new StreamEnd("s", "test", 1, 16_000, 16_000, "m"), 5, 10);
    times.received(new ReceivedEvent(DIGIT, Optional.empty(), 10, 0, 0));

    assertThat(times.millis()).isEmpty();
  }
}
