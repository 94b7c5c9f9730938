package org.digitstream.standalone.capacity;

import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReceivedEvent;

/**
 * Keeps how long digits took whose audio was captured in one span of time: also those that come
 * after it, or the slowest ones would not count. Any number of threads.
 */
public final class EventTimes implements EventReader.Listener {
  private long fromMicros = Long.MAX_VALUE;
  private long toMicros = Long.MAX_VALUE;
  private Measurements millis = new Measurements();

  /** Begins anew, with audio that is captured from a time on, in microseconds since 1970 UTC. */
  synchronized void begin(long fromMicros) {
    this.fromMicros = fromMicros;
    toMicros = Long.MAX_VALUE;
    millis = new Measurements();
  }

  /** Passes over audio that is captured at a time or later. */
  synchronized void end(long toMicros) {
    this.toMicros = toMicros;
  }

  /** What was measured since {@link #begin}, in milliseconds. */
  synchronized double[] millis() {
    return millis.toArray();
  }

  @Override
  public synchronized void received(ReceivedEvent received) {
    if (received.event() instanceof DigitEvent && received.stamps().isPresent()) {
      LatencyStamps stamps = received.stamps().get();
      if (stamps.capturedAtMicros() >= fromMicros && stamps.capturedAtMicros() < toMicros) {
        millis.add((received.receivedAtMicros() - stamps.capturedAtMicros()) / 1000.0);
      }
    }
  }
}
