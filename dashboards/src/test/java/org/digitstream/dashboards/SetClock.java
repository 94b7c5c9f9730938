package org.digitstream.dashboards;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is told to go on. Any number of threads. */
public final class SetClock extends Clock {
  private final AtomicLong millis = new AtomicLong();

  /** Sets it to milliseconds since 1970 UTC. */
  public void set(long nowMillis) {
    millis.set(nowMillis);
  }

  /** Goes on. */
  public void advance(long byMillis) {
    millis.addAndGet(byMillis);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }
}
