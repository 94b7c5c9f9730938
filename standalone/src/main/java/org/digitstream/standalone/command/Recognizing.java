package org.digitstream.standalone.command;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.continuous.Hearing;
import org.digitstream.training.continuous.Listening;
import org.digitstream.training.continuous.Passage;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.Examination;
import org.digitstream.training.evaluation.Question;

/** Recognitions while somebody waits for them, after a while with a progress bar. */
final class Recognizing {
  private interface Work<A> {
    List<A> run(ExecutorService workers, IntConsumer done) throws InterruptedException;
  }

  private Recognizing() {}

  /** The answers of an examination. */
  static List<Answer> answers(
      Surroundings surroundings, Examination examination, List<Question> questions, int threads)
      throws InterruptedException {
    return run(
        surroundings,
        (workers, done) -> examination.answers(questions, workers, threads, done),
        questions.size(),
        threads);
  }

  /** What is heard in passages. */
  static List<Hearing> hearings(
      Surroundings surroundings, Listening listening, List<Passage> passages, int threads)
      throws InterruptedException {
    return run(
        surroundings,
        (workers, done) -> listening.to(passages, workers, threads, done),
        passages.size(),
        threads);
  }

  private static <A> List<A> run(Surroundings surroundings, Work<A> work, int all, int threads)
      throws InterruptedException {
    ExecutorService workers = Workers.of("recognizer", threads);
    long startNanos = System.nanoTime();
    try (ProgressBar progress = surroundings.progressBar()) {
      return work.run(
          workers,
          done -> {
            CorpusIntake.requireNoEnd(surroundings);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            progress.update(
                (double) done / all,
                String.format("recognizing, %.0f recordings/s", done / seconds));
          });
    } finally {
      workers.shutdownNow();
    }
  }
}
