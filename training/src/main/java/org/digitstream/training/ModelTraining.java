package org.digitstream.training;

import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.Provenance.TrainingCorpus;
import org.digitstream.inference.model.SpotterSettings;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.network.CheckpointFile;
import org.digitstream.training.network.StripExamples;
import org.digitstream.training.network.Trainer;
import org.digitstream.training.network.TrainingProgress;
import org.digitstream.training.network.TrainingRecipe;
import org.digitstream.training.network.WindowExamples;

/** From corpora to a model file's content, with its story. */
public final class ModelTraining {
  /** Of the ten digits together, over a stride of 40 ms. */
  private static final SpotterSettings OVER_TIME = new SpotterSettings(0.5f, 0.4f, 1, 3, 38, 0.45f);

  /** A word's end is likely for 0.16 s; its edges are 25 dB below its loudest frame. */
  private static final SpotterSettings OF_WINDOWS =
      new SpotterSettings(0.5f, 0.4f, 1, 2, 12, 0.45f, 5.8f);

  private final String name;
  private final TrainingRecipe recipe;
  private final HeldOut heldOut;
  private final Clock clock;

  /**
   * A training to be done.
   *
   * @param name what people will call the model
   * @param recipe how to train it
   * @param heldOut what not to train on
   * @param clock tells the time for the model's provenance, and nothing else
   */
  public ModelTraining(String name, TrainingRecipe recipe, HeldOut heldOut, Clock clock) {
    this.name = name;
    this.recipe = recipe;
    this.heldOut = heldOut;
    this.clock = clock;
  }

  /**
   * Trains.
   *
   * @param corpus everything that was read; what is held out is left out here
   * @param executor composes the strips
   * @param checkpoints where it goes on from, and keeps what it knows after each epoch
   * @param progress is told after each update
   * @throws IllegalArgumentException where a digit is missing in the corpus
   * @throws org.digitstream.training.network.CheckpointException where the checkpoint is damaged or
   *     another training's
   * @throws IOException where a checkpoint cannot be read or written
   * @throws InterruptedException where the thread is interrupted
   */
  public ModelBundle train(
      Corpus corpus,
      ExecutorService executor,
      CheckpointFile checkpoints,
      TrainingProgress progress)
      throws IOException, InterruptedException {
    long startMillis = clock.millis();
    Corpus allowed = corpus.where(heldOut::mayTrainOn);
    Trainer.TrainedNetwork trained =
        new Trainer(recipe, allowed).train(executor, checkpoints, progress);
    double seconds = (clock.millis() - startMillis) / 1000.0;
    Provenance provenance = provenance(allowed, seconds);
    if (recipe.examples() instanceof WindowExamples windows) {
      return new ModelBundle(
          name,
          recipe.featureSpec(),
          trained.normalization(),
          windows.shape(),
          windows.lookAheadFrames(),
          windows.strideFrames(),
          OF_WINDOWS,
          trained.weights(),
          provenance);
    }
    StripExamples strips = (StripExamples) recipe.examples();
    return new ModelBundle(
        name,
        recipe.featureSpec(),
        trained.normalization(),
        strips.shape(),
        strips.lookAheadFrames(),
        strips.outputsPerBlock(),
        OVER_TIME,
        trained.weights(),
        provenance);
  }

  private Provenance provenance(Corpus allowed, double seconds) {
    return new Provenance(
        "digitstream 0.1.0",
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        recipe.seed(),
        recipe.settings(),
        summary(allowed),
        "FSDD test split (takes 0 to 4 of each digit and speaker)"
            + (heldOut.people().isEmpty() ? "" : "; people: " + sortedPeople()),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", Java "
            + System.getProperty("java.version"),
        seconds);
  }

  private String sortedPeople() {
    return heldOut.people().stream().sorted().collect(Collectors.joining(", "));
  }

  private static List<TrainingCorpus> summary(Corpus corpus) {
    Map<String, List<Utterance>> byCorpus =
        corpus.utterances().stream()
            .filter(utterance -> utterance.kind() != Utterance.Kind.CUT_DIGIT)
            .collect(
                Collectors.groupingBy(Utterance::corpus, LinkedHashMap::new, Collectors.toList()));
    List<TrainingCorpus> summary = new ArrayList<>();
    byCorpus.forEach(
        (corpusName, utterances) ->
            summary.add(
                new TrainingCorpus(
                    corpusName,
                    utterances.size(),
                    (int) utterances.stream().map(Utterance::speaker).distinct().count(),
                    utterances.stream().mapToInt(u -> u.digits().size()).sum())));
    summary.add(new TrainingCorpus("noise", corpus.noises().size(), 0, 0));
    return summary;
  }
}
