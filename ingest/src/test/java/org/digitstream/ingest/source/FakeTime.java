package org.digitstream.ingest.source;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody sleeps. */
final class FakeTime {
  static final long START_MICROS = 1_700_000_000_000_000L;

  private long nanos;
  private long wallShiftMicros;
  private final List<Runnable> onSleep = new ArrayList<>();

  Timing timing() {
    return new Timing(
        new Clock() {
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
            long micros = wallMicros();
            return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
          }
        },
        () -> nanos,
        this::pass);
  }

  void pass(long duration) {
    nanos += Math.max(0, duration);
    onSleep.forEach(Runnable::run);
  }

  /** What happens while somebody sleeps. */
  void onSleep(Runnable action) {
    onSleep.add(action);
  }

  /** Sets the wall clock back, or on; the monotonic one does not notice. */
  void shiftWall(long micros) {
    wallShiftMicros += micros;
  }

  long nanos() {
    return nanos;
  }

  long wallMicros() {
    return START_MICROS + wallShiftMicros + nanos / 1000;
  }
}
