package org.digitstream.runtime.events;

import java.time.Instant;

/** Where an {@link EventReader} begins. */
public sealed interface ReadFrom {
  /** With the first event that is kept. */
  record Earliest() implements ReadFrom {}

  /** With the first event written after {@link EventReader#awaitAssigned} has returned. */
  record Latest() implements ReadFrom {}

  /**
   * With the first event written at or after a time.
   *
   * @param time the time, as the brokers' clocks tell it
   */
  record Since(Instant time) implements ReadFrom {}

  /** {@link Earliest}. */
  static ReadFrom earliest() {
    return new Earliest();
  }

  /** {@link Latest}. */
  static ReadFrom latest() {
    return new Latest();
  }

  /** {@link Since} a time. */
  static ReadFrom since(Instant time) {
    return new Since(time);
  }
}
