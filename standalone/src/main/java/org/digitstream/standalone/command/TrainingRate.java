package org.digitstream.standalone.command;

import java.util.function.LongSupplier;

/** How fast a training is since it was started or taken up again. */
final class TrainingRate {
  private final LongSupplier nanoTime;
  private final long startNanos;
  private int first = -1;
  private long firstNanos;

  TrainingRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /** Strips per second, when so many are done. */
  double perSecond(int done) {
    long now = nanoTime.getAsLong();
    if (first < 0) {
      first = done;
      firstNanos = now;
    }
    return done == first
        ? Math.min(done, 1) / ((now - startNanos + 1) / 1e9)
        : (done - first) / ((now - firstNanos + 1) / 1e9);
  }
}
