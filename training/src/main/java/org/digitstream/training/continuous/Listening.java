package org.digitstream.training.continuous;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.training.evaluation.OfflineRecognizer;
import org.digitstream.training.evaluation.Recognitions;

/**
 * Puts passages to a model, each as a stream of its own, by the very classes that the stream runs.
 * Every digit is kept with its confidence: the threshold decides only what is reported, so one run
 * serves every threshold.
 */
public final class Listening {
  private final ModelBundle model;
  private final Function<ModelBundle, WindowClassifier> engine;

  /**
   * A way of listening.
   *
   * @param model the model
   * @param engine makes a classifier for the thread that calls it
   */
  public Listening(ModelBundle model, Function<ModelBundle, WindowClassifier> engine) {
    this.model = model.withSpotter(model.spotter().withThreshold(0));
    this.engine = engine;
  }

  /**
   * Listens.
   *
   * @param passages to what
   * @param executor runs the work
   * @param workers how many threads work; at least 1
   * @param done told how many passages are done so far, from the calling thread; may throw to end
   *     the work
   * @return what was heard in each, in their order
   * @throws InterruptedException where the calling thread is interrupted
   */
  public List<Hearing> to(
      List<Passage> passages, ExecutorService executor, int workers, IntConsumer done)
      throws InterruptedException {
    return Recognitions.each(
        passages, () -> engine.apply(model), this::hear, executor, workers, done);
  }

  private Hearing hear(WindowClassifier classifier, Passage passage) {
    return new Hearing(
        passage.transcript(),
        new OfflineRecognizer(model, classifier).recognize(passage.samples()));
  }
}
