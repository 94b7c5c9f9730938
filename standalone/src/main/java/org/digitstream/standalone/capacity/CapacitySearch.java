package org.digitstream.standalone.capacity;

import java.util.OptionalInt;

/**
 * Finds the largest number of streams that is held: doubles from the first number until one is not
 * held or the last number is, then halves the distance between the largest that was held and the
 * smallest that was not, in steps, until they are at most one step apart.
 *
 * <p>It takes what is held to be held by all smaller numbers, too. Where chance may spoil a trial,
 * a number is given up only after some trials. Pure; one thread.
 */
public final class CapacitySearch {
  private final int from;
  private final int to;
  private final int step;
  private final int trials;
  private int held;
  private int notHeld;
  private int failedTrials;
  private int current;

  /**
   * A search that has not begun.
   *
   * @param from the first number, at least 1; tried first
   * @param to the last number, at least {@code from}; none above it is tried
   * @param step how exact the answer shall be, at least 1
   * @param trials a number counts as not held once this many trials of it failed, at least 1
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public CapacitySearch(int from, int to, int step, int trials) {
    if (from < 1 || to < from) {
      throw new IllegalArgumentException(
          "from " + from + " and to " + to + " are not 1 <= from <= to");
    }
    if (step < 1 || trials < 1) {
      throw new IllegalArgumentException(
          "step " + step + " and trials " + trials + " are not both at least 1");
    }
    this.from = from;
    this.to = to;
    this.step = step;
    this.trials = trials;
    this.notHeld = to + 1;
    this.current = from;
  }

  /** The number to try now; nothing once the answer is known. */
  public OptionalInt next() {
    return current == 0 ? OptionalInt.empty() : OptionalInt.of(current);
  }

  /** Whether a number that failed will be tried again. */
  public boolean triesAgain() {
    return failedTrials > 0;
  }

  /**
   * Takes the outcome of trying {@link #next()}.
   *
   * @throws IllegalStateException if there was nothing to try
   */
  public void tried(boolean wasHeld) {
    if (current == 0) {
      throw new IllegalStateException("the search is over");
    }
    if (!wasHeld && ++failedTrials < trials) {
      return;
    }
    failedTrials = 0;
    if (wasHeld) {
      held = current;
    } else {
      notHeld = current;
    }
    current = following();
  }

  private int following() {
    if (held == to || notHeld == from) {
      return 0;
    }
    if (notHeld > to) {
      return Math.min(to, 2 * held);
    }
    int distance = notHeld - held;
    return distance <= step ? 0 : held + Math.max(1, distance / step / 2) * step;
  }

  /** The largest number that was held so far; 0 if none was. */
  public int held() {
    return held;
  }
}
