package org.digitstream.training.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/** Has strips prepared ahead by other threads, and hands them out in their order. */
final class ExampleQueue<T> {
  private final LongFunction<T> prepare;
  private final ExecutorService executor;
  private final int ahead;
  private final long end;
  private final Deque<Future<T>> pending = new ArrayDeque<>();
  private long requested;

  /**
   * A queue.
   *
   * @param prepare makes what belongs to the strip of a number; called on other threads
   * @param first number of the first strip
   * @param end number after the last one
   * @param ahead strips that may be prepared before they are asked for
   */
  ExampleQueue(LongFunction<T> prepare, ExecutorService executor, long first, long end, int ahead) {
    this.prepare = prepare;
    this.executor = executor;
    this.requested = first;
    this.end = end;
    this.ahead = ahead;
  }

  /** What belongs to the next strips. */
  List<T> next(int strips) throws InterruptedException {
    List<T> next = new ArrayList<>(strips);
    try {
      for (int i = 0; i < strips; i++) {
        while (requested < end && pending.size() < ahead) {
          long index = requested++;
          pending.add(executor.submit(() -> prepare.apply(index)));
        }
        next.add(pending.remove().get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a strip could not be composed", e.getCause());
    }
    return next;
  }
}
