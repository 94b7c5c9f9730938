package org.digitstream.ingest.source;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clocks of a source.
 *
 * @param wall tells capture times
 * @param nanoTime paces and measures; monotonic
 * @param sleeper waits
 */
public record Timing(Clock wall, LongSupplier nanoTime, Sleeper sleeper) {
  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {
    /** Returns after about this time; at once where it is not positive. */
    void sleep(long nanos) throws InterruptedException;
  }

  /** The clocks of this machine. */
  public static Timing system() {
    return new Timing(Clock.systemUTC(), System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /** The wall clock in microseconds since 1970 UTC. */
  long wallMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, wall.instant());
  }
}
