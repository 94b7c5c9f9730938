package org.digitstream.training;

import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.PeakSettings;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.Provenance.TrainingCorpus;
import org.digitstream.inference.model.SpotterSettings;
import org.digitstream.inference.model.ViterbiSettings;
import org.digitstream.inference.model.WordEvidence;
import org.digitstream.inference.model.WordParts;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.network.CheckpointFile;
import org.digitstream.training.network.StartWeights;
import org.digitstream.training.network.StripExamples;
import org.digitstream.training.network.Trainer;
import org.digitstream.training.network.TrainingProgress;
import org.digitstream.training.network.TrainingRecipe;
import org.digitstream.training.network.WindowExamples;
import org.digitstream.training.pretraining.PretrainingProgress;
import org.digitstream.training.pretraining.StartMethod;
import org.digitstream.training.pretraining.StartPretraining;

/** From corpora to a model file's content, with its story. */
public final class ModelTraining {
  /** Of the ten digits together, over a stride of 40 ms. */
  private static final SpotterSettings OVER_TIME = new SpotterSettings(0.5f, 0.4f, 1, 3, 38, 0.45f);

  /** A word's end is likely for 0.16 s; its edges are 25 dB below its loudest frame. */
  private static final PeakSettings OF_WINDOWS =
      new PeakSettings(3, 0.1f, 0.5f, 2, 0.5f, 0.5f, 5.8f);

  /** Half of the way from probabilities to likelihoods, since neighbouring outputs say the same. */
  private static final double SHARE_POWER = 0.5;

  /** Against digits that are taken for other words; a word's confidence tells them apart later. */
  private static final float OTHER_WORD_BONUS = -0.5f;

  /** Fitted to what networks of the folds george and nicolas heard of people left out; ADR 18. */
  private static final WordEvidence EVIDENCE = new WordEvidence(-5.5f, 1.25f, 0.75f, 2, 4, 20);

  /** Before calibration. */
  static final float STRING_THRESHOLD = 0.25f;

  private static final StartPretraining PRETRAINING = StartPretraining.STANDARD;

  private final String name;
  private final TrainingRecipe recipe;
  private final HeldOut heldOut;
  private final StartMethod start;
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
    this(name, recipe, heldOut, StartMethod.RANDOM, clock);
  }

  /**
   * A training to be done, from a start.
   *
   * @param name what people will call the model
   * @param recipe how to train it
   * @param heldOut what not to train on
   * @param start where the convolutions start from; over time only random
   * @param clock tells the time for the model's provenance, and nothing else
   */
  public ModelTraining(
      String name, TrainingRecipe recipe, HeldOut heldOut, StartMethod start, Clock clock) {
    this.name = name;
    this.recipe = recipe;
    this.heldOut = heldOut;
    this.start = start;
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
    Corpus allowed = heldOut.trainable(corpus);
    Trainer trainer = new Trainer(recipe, allowed);
    if (start != StartMethod.RANDOM) {
      trainer = trainer.startingFrom(learnedStart(trainer, executor));
    }
    double preparationSeconds = (clock.millis() - startMillis) / 1000.0;
    Trainer.TrainedNetwork trained = trainer.train(executor, checkpoints, clock::millis, progress);
    return model(
        name, recipe, trained, provenance(allowed, preparationSeconds + trained.seconds()));
  }

  /**
   * What was trained, as a model.
   *
   * @param name what people will call the model
   * @param recipe that it was trained by
   * @param trained what the training led to
   * @param provenance its story
   */
  public static ModelBundle model(
      String name, TrainingRecipe recipe, Trainer.TrainedNetwork trained, Provenance provenance) {
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
        strips.shape().classes() == WordParts.CLASSES ? ofParts(trained.classShares()) : OVER_TIME,
        trained.weights(),
        provenance);
  }

  /** Nearly forbidden, unless a digit was said within the last second. */
  private static final ViterbiSettings.LoneOh LONE_OH = new ViterbiSettings.LoneOh(14, 50);

  /** Probabilities divided by how often they were taught are likelihoods, but for a factor. */
  private static ViterbiSettings ofParts(double[] classShares) {
    float[] bias = new float[classShares.length];
    for (int c = 0; c < bias.length; c++) {
      bias[c] = (float) (-SHARE_POWER * Math.log(classShares[c]));
    }
    bias[WordParts.OTHER_WORD] += OTHER_WORD_BONUS;
    return new ViterbiSettings(bias, 2, LONE_OH, 2, 2, 15, 4, 3, EVIDENCE, STRING_THRESHOLD);
  }

  private StartWeights learnedStart(Trainer trainer, ExecutorService executor)
      throws InterruptedException {
    if (recipe.network() instanceof PictureShape shape) {
      return PRETRAINING.learn(
          start, shape, trainer, recipe.seed(), executor, PretrainingProgress.NONE);
    }
    throw new IllegalArgumentException(
        "only a network of pictures can start from autoencoders, not one over time");
  }

  private Provenance provenance(Corpus allowed, double seconds) {
    return new Provenance(
        "digitstream 0.1.0",
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        recipe.seed(),
        settings(),
        summary(allowed),
        "FSDD test split (takes 0 to 4 of each digit and speaker)"
            + (heldOut.people().isEmpty() ? "" : "; people: " + sorted(heldOut.people()))
            + (heldOut.noises().isEmpty() ? "" : "; noise: " + sorted(heldOut.noises())),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", Java "
            + System.getProperty("java.version"),
        seconds);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(recipe.settings());
    if (start != StartMethod.RANDOM) {
      settings.putAll(PRETRAINING.settings(start));
    }
    return settings;
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
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
