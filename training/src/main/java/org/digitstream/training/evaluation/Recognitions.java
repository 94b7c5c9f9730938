package org.digitstream.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.digitstream.inference.model.WindowClassifier;

/** Many recognitions at once, each by a classifier of the thread that does it. */
public final class Recognitions {
  private static final long PROGRESS_MILLIS = 50;

  private Recognitions() {}

  /**
   * Recognizes.
   *
   * @param questions what
   * @param engine makes a classifier for the thread that calls it
   * @param recognize gives the answer to a question
   * @param executor runs the work
   * @param workers how many threads work; at least 1
   * @param done told how many questions are answered so far, now and then and at the end, from the
   *     calling thread; may throw to end the work
   * @return one answer for each question, in their order
   * @throws InterruptedException where the calling thread is interrupted
   */
  public static <Q, A> List<A> each(
      List<Q> questions,
      Supplier<WindowClassifier> engine,
      BiFunction<WindowClassifier, Q, A> recognize,
      ExecutorService executor,
      int workers,
      IntConsumer done)
      throws InterruptedException {
    AtomicReferenceArray<A> answers = new AtomicReferenceArray<>(questions.size());
    AtomicInteger next = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    List<Future<?>> works = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      works.add(
          executor.submit(
              () -> {
                try (WindowClassifier classifier = engine.get()) {
                  for (int i = next.getAndIncrement();
                      i < questions.size() && !ended.get();
                      i = next.getAndIncrement()) {
                    answers.set(i, recognize.apply(classifier, questions.get(i)));
                    finished.incrementAndGet();
                  }
                }
              }));
    }
    try {
      for (Future<?> work : works) {
        boolean over;
        do {
          over = isDone(work);
          done.accept(finished.get());
        } while (!over);
      }
    } finally {
      ended.set(true);
    }
    List<A> all = new ArrayList<>();
    for (int i = 0; i < answers.length(); i++) {
      all.add(answers.get(i));
    }
    return all;
  }

  private static boolean isDone(Future<?> work) throws InterruptedException {
    try {
      work.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
