package org.digitstream.training.evaluation;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.spotting.Detection;

/**
 * Puts recordings to a model, each as a stream of its own, by the very classes that the stream
 * runs. The answers depend on the model and the recordings alone: not on the number of threads, nor
 * on what is recognized before or beside.
 *
 * <p>One run with a threshold of 0 tells both the candidate and what is heard: the spotter's
 * threshold decides only whether a word that is over is reported.
 */
public final class Examination {
  private final ModelBundle model;
  private final ModelBundle unthresholded;
  private final Function<ModelBundle, WindowClassifier> engine;
  private final NoiseMixer noise;

  /**
   * An examination.
   *
   * @param model the model
   * @param engine makes a classifier for the thread that calls it
   * @param noise mixes noise into the recordings for which that is asked
   */
  public Examination(
      ModelBundle model, Function<ModelBundle, WindowClassifier> engine, NoiseMixer noise) {
    this.model = model;
    this.unthresholded = model.withSpotter(model.spotter().withThreshold(0));
    this.engine = engine;
    this.noise = noise;
  }

  /**
   * Recognizes recordings.
   *
   * @param questions the recordings
   * @param executor runs the work
   * @param workers how many threads work, each with a classifier of its own; at least 1
   * @param done told the number of recordings done so far, now and then and at the end, from the
   *     calling thread; may throw to end the work
   * @return one answer for each question, in their order
   * @throws InterruptedException where the calling thread is interrupted
   */
  public List<Answer> answers(
      List<Question> questions, ExecutorService executor, int workers, IntConsumer done)
      throws InterruptedException {
    return Recognitions.each(
        questions, () -> engine.apply(model), this::answer, executor, workers, done);
  }

  private Answer answer(WindowClassifier classifier, Question question) {
    List<Detection> candidates =
        new OfflineRecognizer(unthresholded, classifier)
            .recognize(noise.mix(question.utterance(), question.noiseDb()));
    float threshold = model.spotter().threshold();
    List<Detection> heard =
        candidates.stream().filter(candidate -> candidate.confidence() >= threshold).toList();
    return Answer.of(question.utterance(), question.noiseDb(), candidates, Answer.digits(heard));
  }
}
