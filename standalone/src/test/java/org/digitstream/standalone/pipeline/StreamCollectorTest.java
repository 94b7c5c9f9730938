package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.runtime.events.ReceivedEvent;
import org.junit.jupiter.api.Test;

class StreamCollectorTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<ReceivedEvent> seen = new ArrayList<>();
  private final StreamCollector collector = new StreamCollector(nanos::get, seen::add);

  @Test
  void keepsTheDigitsOfEachExpectedStreamInOrder() throws InterruptedException {
    collector.expect("a");
    collector.expect("b");
    collector.received(digit("a", 0, 7));
    collector.received(digit("b", 0, 1));
    collector.received(digit("a", 1, 3));
    collector.received(end("a"));

    assertThat(collector.of("a").recognized()).isEqualTo("73");
    assertThat(collector.of("a").end()).isPresent();
    assertThat(collector.of("b").recognized()).isEqualTo("1");
    assertThat(collector.of("b").end()).isEmpty();
    assertThat(collector.awaitEnded(1, Duration.ZERO)).isTrue();
    assertThat(collector.awaitEnded(2, Duration.ZERO)).isFalse();
  }

  @Test
  void passesByWhatItWasNotToldToExpect() {
    collector.expect("mine");
    nanos.set(5);
    collector.received(digit("other", 0, 7));
    collector.received(end("other"));

    assertThat(seen).isEmpty();
    assertThat(collector.ended()).isZero();
    assertThat(collector.of("other").recognized()).isEmpty();
    assertThat(collector.sinceLastEvent()).isEqualTo(Duration.ofNanos(5));
  }

  @Test
  void anEndThatIsRepeatedCountsOnce() {
    collector.expect("a");
    collector.received(end("a"));
    collector.received(end("a"));

    assertThat(collector.ended()).isEqualTo(1);
  }

  private static ReceivedEvent digit(String streamId, long index, int digit) {
    return received(
        new DigitEvent(
            streamId, "s", index, digit, index * 100, index * 100 + 50, 16_000, 1, List.of(), "m"));
  }

  private static ReceivedEvent end(String streamId) {
    return received(new StreamEnd(streamId, "s", 1, 1000, 16_000, "m"));
  }

  private static ReceivedEvent received(StreamEvent event) {
    return new ReceivedEvent(event, Optional.empty(), 0, 0, 0);
  }
}
