package org.digitstream.standalone.console;

import java.io.PrintStream;

/**
 * One line at the bottom that is drawn over, with lines printed above it. Where that is not a
 * terminal there is no such line. Any number of threads.
 */
public final class StatusLine {
  private static final String ERASE_LINE = "\r\u001B[2K";

  private final PrintStream out;
  private final boolean terminal;
  private String status = "";

  /** A line that is empty yet. */
  public StatusLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints a line above. */
  public void println(String line) {
    above(() -> out.println(line));
  }

  /** Lets something else print whole lines above, perhaps elsewhere on the same terminal. */
  public synchronized void above(Runnable printing) {
    if (terminal) {
      out.print(ERASE_LINE);
      out.flush();
    }
    printing.run();
    draw();
  }

  /** Draws the line over. */
  public synchronized void show(String newStatus) {
    status = newStatus;
    draw();
  }

  /** Takes the line away. */
  public synchronized void clear() {
    status = "";
    if (terminal) {
      out.print(ERASE_LINE);
      out.flush();
    }
  }

  private void draw() {
    if (terminal && !status.isEmpty()) {
      out.print(ERASE_LINE + status);
      out.flush();
    }
  }
}
