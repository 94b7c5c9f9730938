package org.digitstream.standalone.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the program in order when somebody presses Ctrl-C or the system asks it to stop: the running
 * command is told, ends its streams, prints its summary and closes what it opened, and only then
 * the process goes, with the command's own exit code.
 *
 * <p>There is one shutdown hook for all, since Java runs hooks side by side and the broker must not
 * go before its clients. Any thread may call any method.
 */
public final class Termination {
  private static final Duration GRACE = Duration.ofSeconds(25);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode = 1;

  /** Begins to listen for the end of the process. */
  public void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "termination"));
  }

  private void onShutdown() {
    if (finished.getCount() == 0) {
      return;
    }
    request();
    try {
      if (!finished.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("digitstream: did not stop within " + GRACE.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    // A hook cannot set the exit code otherwise, which would be that of the signal.
    Runtime.getRuntime().halt(exitCode);
  }

  /** Asks the running command to end. */
  public void request() {
    requested.countDown();
  }

  /** Whether the running command shall end. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Returns when the running command shall end. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Returns whether the running command shall end, at once if so and after the timeout if not. */
  public boolean await(Duration timeout) throws InterruptedException {
    return requested.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Tells that the command has closed all that it opened. */
  public void finished(int code) {
    exitCode = code;
    finished.countDown();
  }
}
