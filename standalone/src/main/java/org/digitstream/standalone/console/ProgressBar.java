package org.digitstream.standalone.console;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Shows how far something has come: a bar that is drawn over on a terminal, at most ten times a
 * second; elsewhere a plain line every ten seconds. One thread.
 */
public final class ProgressBar implements AutoCloseable {
  private static final long TERMINAL_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final int WIDTH = 30;
  private static final String ERASE_LINE = "\r\u001B[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long lastNanos;
  private boolean drawn;

  /**
   * A bar that shows nothing yet.
   *
   * @param out where it is drawn
   * @param terminal whether that can be drawn over
   * @param nanoTime as {@link System#nanoTime}
   */
  public ProgressBar(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /**
   * Shows how far it has come, unless it was shown a moment ago.
   *
   * @param fraction 0 to 1
   * @param text a few words behind the bar
   */
  public void update(double fraction, String text) {
    long now = nanoTime.getAsLong();
    if (now - lastNanos < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      return;
    }
    lastNanos = now;
    if (terminal) {
      out.print(ERASE_LINE + bar(fraction) + " " + text);
      out.flush();
      drawn = true;
    } else {
      out.println(percent(fraction) + " " + text);
    }
  }

  /** Takes the bar away, so that something else can be printed; the next update shows it again. */
  public void clear() {
    if (drawn) {
      out.print(ERASE_LINE);
      out.flush();
      drawn = false;
    }
  }

  @Override
  public void close() {
    clear();
  }

  private static String bar(double fraction) {
    int full = (int) Math.round(Math.max(0, Math.min(1, fraction)) * WIDTH);
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + percent(fraction);
  }

  private static String percent(double fraction) {
    return Math.round(Math.max(0, Math.min(1, fraction)) * 100) + " %";
  }
}
