package org.digitstream.standalone.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.runtime.events.ReceivedEvent;

/** All events that a reader of committed records has seen, in their order. Any thread. */
final class HeardEvents {
  private record Arrival(int partition, long nanos, StreamEvent event) {}

  private final List<Arrival> arrivals = new ArrayList<>();

  synchronized void received(ReceivedEvent received) {
    arrivals.add(new Arrival(received.partition(), System.nanoTime(), received.event()));
  }

  /** What was heard on a stream, its end included. */
  synchronized List<StreamEvent> of(String streamId) {
    return arrivals.stream()
        .map(Arrival::event)
        .filter(event -> event.streamId().equals(streamId))
        .toList();
  }

  /** How many of these streams have ended. */
  synchronized long ended(Set<String> streamIds) {
    return arrivals.stream()
        .map(Arrival::event)
        .filter(event -> event instanceof StreamEnd && streamIds.contains(event.streamId()))
        .map(StreamEvent::streamId)
        .distinct()
        .count();
  }

  /** Partitions in which a digit came after this moment. */
  synchronized Set<Integer> partitionsSince(long nanos) {
    return arrivals.stream()
        .filter(arrival -> arrival.nanos() > nanos && arrival.event() instanceof DigitEvent)
        .map(Arrival::partition)
        .collect(Collectors.toSet());
  }

  /**
   * The longest time without an event between two moments, begun by the last event before the first
   * of them.
   *
   * @param partition in which, or -1 for all of them together
   */
  synchronized double silenceSeconds(int partition, long fromNanos, long toNanos) {
    List<Long> times =
        arrivals.stream()
            .filter(arrival -> partition < 0 || arrival.partition() == partition)
            .map(Arrival::nanos)
            .filter(nanos -> nanos <= toNanos)
            .sorted(Comparator.naturalOrder())
            .toList();
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i) > fromNanos) {
        longest = Math.max(longest, times.get(i) - times.get(i - 1));
      }
    }
    return longest / 1e9;
  }
}
