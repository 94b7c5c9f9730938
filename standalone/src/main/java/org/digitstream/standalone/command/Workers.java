package org.digitstream.standalone.command;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Pools of threads that do not keep the program from ending. The caller shuts them down. */
final class Workers {
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
}
