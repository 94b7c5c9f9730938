package org.digitstream.standalone.command;

import java.util.function.LongSupplier;

/** How fast a training is since it was started, or since it was taken up again. */
final class TrainingRate {
  private final LongSupplier nanoTime;
  private int first = -1;
  private long firstNanos;

  TrainingRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Such as {@code , 58 strips/s, 282 s left}; nothing when it is first asked. */
  String describe(int done, int all) {
    long now = nanoTime.getAsLong();
    if (first < 0) {
      first = done;
      firstNanos = now;
    }
    if (done == first) {
      return "";
    }
    double perSecond = (done - first) / (Math.max(1, now - firstNanos) / 1e9);
    return String.format(", %.0f strips/s, %.0f s left", perSecond, (all - done) / perSecond);
  }
}
