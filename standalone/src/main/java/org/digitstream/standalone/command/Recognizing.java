package org.digitstream.standalone.command;

import java.util.List;
import java.util.concurrent.ExecutorService;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.Examination;
import org.digitstream.training.evaluation.Question;

/** An examination while somebody waits for it. */
final class Recognizing {
  private Recognizing() {}

  /** The answers, after a while with a progress bar. */
  static List<Answer> answers(
      Surroundings surroundings, Examination examination, List<Question> questions, int threads)
      throws InterruptedException {
    ExecutorService workers = Workers.of("recognizer", threads);
    long startNanos = System.nanoTime();
    try (ProgressBar progress = surroundings.progressBar()) {
      return examination.answers(
          questions,
          workers,
          threads,
          done -> {
            CorpusIntake.requireNoEnd(surroundings);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            progress.update(
                (double) done / questions.size(),
                String.format("recognizing, %.0f recordings/s", done / seconds));
          });
    } finally {
      workers.shutdownNow();
    }
  }
}
