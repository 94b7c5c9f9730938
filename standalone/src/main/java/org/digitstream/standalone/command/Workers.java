package org.digitstream.standalone.command;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Pools of threads that do not keep the program from ending. The caller shuts them down. */
final class Workers {
  private static final int LAST_WORK_SECONDS = 10;

  private Workers() {}

  /** One thread for each processor. */
  static ExecutorService onAllProcessors(String name) {
    return of(name, Runtime.getRuntime().availableProcessors());
  }

  /** As many threads as are wanted. */
  static ExecutorService of(String name, int threads) {
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Interrupts the work and waits until no thread does any, so that nothing is written later. */
  static void end(ExecutorService workers) {
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("work goes on that was interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
