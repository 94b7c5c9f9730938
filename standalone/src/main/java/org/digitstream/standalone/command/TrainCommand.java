package org.digitstream.standalone.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WordParts;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.ModelJudging;
import org.digitstream.training.ModelTraining;
import org.digitstream.training.augmentation.Augmentation;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.Evaluation;
import org.digitstream.training.evaluation.EvaluationText;
import org.digitstream.training.evaluation.Examination;
import org.digitstream.training.evaluation.NoiseMixer;
import org.digitstream.training.evaluation.Question;
import org.digitstream.training.judging.JudgeException;
import org.digitstream.training.judging.JudgeRecipe;
import org.digitstream.training.network.CheckpointException;
import org.digitstream.training.network.CheckpointFile;
import org.digitstream.training.network.TrainingRecipe;
import org.digitstream.training.pretraining.StartMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream train}. */
@Command(
    name = "train",
    description =
        "Trains the digit classifier on folders of recordings and writes a model file. FSDD's test"
            + " split is never trained on; it and the people held out are recognized at the end.",
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "  digitstream train corpora/ -o model.zip",
      "  digitstream train corpora/fsdd corpora/noise -o model.zip --strips 50000",
      "  digitstream train corpora/ -o fold.zip --hold-out fsdd/theo",
      "  digitstream train corpora/ -o george.zip --fold george",
      "  digitstream replay recordings/ --model model.zip",
      "  digitstream train starts corpora/ -o starts",
      "  digitstream train study --corpus voices/ -o study/",
      "  digitstream train synthesize -o voices",
      "",
      "A folder holds WAV files named {label}_{speaker}_{number}.wav, or word",
      "folders as Speech Commands, or a transcripts.jsonl with the times of the",
      "digits, or noise (a folder 'noise'); or such folders.",
      "",
      "A training that was interrupted goes on from FILE.zip.checkpoint when it is",
      "started again in the same way, and ends with the same bits."
    })
final class TrainCommand extends DigitstreamCommand {
  private final Preflight preflight;

  @Parameters(
      paramLabel = "CORPUS",
      arity = "0..*",
      description = "Corpora to train on: folders, or tar archives (.tar, .tar.gz) of such.")
  private List<Path> corpora = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.zip",
      description = "Where the model goes; required.")
  private Path output;

  @Option(
      names = "--name",
      defaultValue = "digits",
      description = "What the model is called (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--strips",
      defaultValue = "200000",
      description =
          "How many strips of speech of 3.4 s to train on; more is better and takes longer"
              + " (default: ${DEFAULT-VALUE}).")
  private int strips;

  /** The networks that were compared. */
  enum Architecture {
    PICTURES,
    TEMPORAL,
    STRINGS
  }

  @Option(
      names = "--network",
      paramLabel = "pictures|temporal|strings",
      defaultValue = "pictures",
      description =
          "pictures: two-dimensional convolutions over windows of 0.96 s; temporal: convolutions over"
              + " time; strings: convolutions over time that tell the parts of words, for digits"
              + " without pauses (default: ${DEFAULT-VALUE}).")
  private Architecture architecture;

  @Option(
      names = "--width",
      defaultValue = "1",
      description = "Multiplies the channels of every layer, 0.1 to 8 (default: ${DEFAULT-VALUE}).")
  private double width;

  @Option(
      names = "--without",
      paramLabel = "AUGMENTATION",
      split = ",",
      description =
          "Leaves out some of what is done to the recordings, to see what it is good for:"
              + " ${COMPLETION-CANDIDATES}.")
  private Set<Augmentation> without = EnumSet.noneOf(Augmentation.class);

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Of everything random: the same seed gives the same model (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--hold-out",
      paramLabel = "CORPUS/SPEAKER",
      description = "A person not to train on; may be repeated.")
  private Set<String> heldOut = new LinkedHashSet<>();

  @Option(
      names = "--fold",
      paramLabel = "NAME",
      description =
          "Leave out the people and the noise of this fold, as far as they are there, so that 'evaluate --fold"
              + " NAME' can try the model on them; may be repeated (default: none). Folds: "
              + Fold.NAMES_TEXT
              + ".")
  private Set<String> folds = new LinkedHashSet<>();

  /** How filters learn. */
  enum Optimizer {
    ADAM,
    MUON
  }

  @Option(
      names = "--optimizer",
      paramLabel = "adam|muon",
      defaultValue = "adam",
      description =
          "How the filters of convolutions learn: muon needs fewer strips for as low a loss, and more"
              + " time for each (default: ${DEFAULT-VALUE}).")
  private Optimizer optimizer;

  @Option(
      names = "--start",
      paramLabel = "random|autoencoder|denoising",
      defaultValue = "random",
      description =
          "What the convolutions of pictures are before the training: random numbers, or encoders of"
              + " autoencoders or denoising autoencoders that are learned first, in some seconds;"
              + " 'train starts' compares them (default: ${DEFAULT-VALUE}).")
  private StartMethod start;

  @Option(
      names = "--no-judge",
      description =
          "With --network strings: leave the last word to the decoder, and teach no judge of the words"
              + " that it finds.")
  private boolean noJudge;

  @Option(
      names = "--from",
      paramLabel = "MODEL.zip",
      description =
          "With --network strings: take the network of this model as it is, with its name, and only"
              + " teach its judge; --fold and --hold-out must be those that it was trained with.")
  private Path from;

  @Mixin private FeatureSpecOption featureSpec;

  TrainCommand(Surroundings surroundings, Preflight preflight) {
    super(surroundings);
    this.preflight = preflight;
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    requireWhatAndWhere();
    TrainingRecipe recipe = recipe();
    folds.forEach(this::requireFold);
    preflight.requireFile(output, bytes(recipe));
    PrintStream out = surroundings.out();
    ModelBundle trained = from == null ? null : network(recipe);
    Corpus corpus = CorpusIntake.read(surroundings, corpora, recipe.featureSpec());
    HeldOut held = heldOut(corpus);
    CheckpointFile checkpoints = CheckpointFile.beside(output);
    ModelBundle model =
        trained == null ? train(surroundings, recipe, corpus, held, checkpoints) : trained;
    if (architecture == Architecture.STRINGS && !noJudge) {
      model = judged(surroundings, model, recipe, corpus, held);
    }
    model.write(output);
    checkpoints.delete();
    out.printf(
        "%s: model %s, %d parameters, %.0f s of training%n",
        output, model.modelId(), model.weights().length, model.provenance().trainingSeconds());
    evaluate(surroundings, model, corpus, held);
    return SUCCEEDED;
  }

  /** By hand, since picocli would ask for them where a subcommand is named, too. */
  private void requireWhatAndWhere() {
    if (corpora.isEmpty()) {
      throw wrongUsage("say what to train on: one or more folders of recordings");
    }
    if (output == null) {
      throw wrongUsage("say where the model goes: -o FILE.zip");
    }
  }

  private void requireFold(String name) {
    try {
      Fold.named(name);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--fold: " + e.getMessage());
    }
  }

  private HeldOut heldOut(Corpus corpus) {
    Set<String> people =
        corpus.utterances().stream().map(Utterance::person).collect(Collectors.toSet());
    for (String person : heldOut) {
      if (!people.contains(person)) {
        throw wrongUsage(
            "nobody in the corpora is " + person + "; people are named CORPUS/SPEAKER");
      }
    }
    Set<String> all = new LinkedHashSet<>(heldOut);
    Set<String> noises = new LinkedHashSet<>();
    for (String name : folds) {
      Fold fold = Fold.named(name);
      corpus.noises().stream().filter(fold::leavesOut).forEach(noise -> noises.add(noise.name()));
      try {
        all.addAll(fold.among(people));
      } catch (IllegalArgumentException e) {
        throw wrongUsage("--fold: " + e.getMessage());
      }
    }
    return new HeldOut(all, noises);
  }

  private TrainingRecipe recipe() {
    FeatureSpec spec = featureSpec.orDefault(this);
    if (spec.hopMillis() != 10) {
      throw wrongUsage(
          "the network is laid out for 10 ms between frames, as in wideband and narrowband; "
              + spec.name()
              + " has "
              + spec.hopMillis()
              + " ms");
    }
    if (architecture != Architecture.PICTURES && start != StartMethod.RANDOM) {
      throw wrongUsage("--start " + start.id() + " is for --network pictures");
    }
    if (architecture != Architecture.STRINGS && (noJudge || from != null)) {
      throw wrongUsage((noJudge ? "--no-judge" : "--from") + " is for --network strings");
    }
    if (noJudge && from != null) {
      throw wrongUsage("--from with --no-judge leaves nothing to do");
    }
    if (!(width >= 0.1 && width <= 8)) {
      throw wrongUsage("--width " + width + " is not within 0.1..8");
    }
    try {
      TrainingRecipe recipe =
          switch (architecture) {
            case PICTURES -> TrainingRecipe.pictures(spec, width, strips, seed);
            case TEMPORAL -> TrainingRecipe.temporal(spec, width, strips, seed);
            case STRINGS -> TrainingRecipe.strings(spec, width, strips, seed);
          };
      return (optimizer == Optimizer.MUON ? recipe.withMuon() : recipe).without(without);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--strips: " + e.getMessage());
    }
  }

  /** Of a model file and the checkpoint beside it: weights, their average, Adam's two moments. */
  private static long bytes(TrainingRecipe recipe) {
    return 10 * Float.BYTES * (long) recipe.network().parameterCount() + 100_000;
  }

  private ModelBundle train(
      Surroundings surroundings,
      TrainingRecipe recipe,
      Corpus corpus,
      HeldOut held,
      CheckpointFile checkpoints)
      throws IOException, InterruptedException {
    if (checkpoints.exists()) {
      surroundings.out().println("going on from " + checkpoints.path());
    }
    ExecutorService composers =
        Workers.of("strip-composer", Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    TrainingRate rate = new TrainingRate(System::nanoTime);
    try (ProgressBar progress = surroundings.progressBar()) {
      return new ModelTraining(name, recipe, held, start, Clock.systemUTC())
          .train(
              corpus,
              composers,
              checkpoints,
              (done, all, loss) -> {
                CorpusIntake.requireNoEnd(surroundings);
                progress.update(
                    (double) done / all,
                    String.format("%d strips, loss %.3f", done, loss) + rate.describe(done, all));
              });
    } catch (IllegalArgumentException | CheckpointException e) {
      throw new CommandFailure(e.getMessage(), e);
    } finally {
      composers.shutdownNow();
    }
  }

  /** The model whose judge is to be taught. */
  private ModelBundle network(TrainingRecipe recipe) {
    ModelBundle model = ModelBundle.read(from);
    if (!model.labels().equals(WordParts.LABELS)) {
      throw wrongUsage(
          "--from: "
              + model.modelId()
              + " does not tell the parts of words; a judge is for models of --network strings");
    }
    model.requireFeatureSpec(recipe.featureSpec());
    return model;
  }

  private ModelBundle judged(
      Surroundings surroundings,
      ModelBundle model,
      TrainingRecipe recipe,
      Corpus corpus,
      HeldOut held)
      throws InterruptedException {
    JudgeRecipe judge = JudgeRecipe.after(recipe.strips());
    int workers = Runtime.getRuntime().availableProcessors();
    ExecutorService judging = Workers.of("judging", workers);
    try (ProgressBar progress = surroundings.progressBar()) {
      return new ModelJudging(recipe, judge, held, Clock.systemUTC())
          .judge(
              model,
              corpus,
              judging,
              workers,
              done -> {
                CorpusIntake.requireNoEnd(surroundings);
                progress.update(
                    (double) done / judge.scenes(), done + " scenes heard for the judge");
              });
    } catch (JudgeException e) {
      throw new CommandFailure(e.getMessage() + ", or use --no-judge", e);
    } finally {
      judging.shutdownNow();
    }
  }

  private static void evaluate(
      Surroundings surroundings, ModelBundle model, Corpus corpus, HeldOut held)
      throws InterruptedException {
    List<Question> unheard =
        corpus.utterances().stream()
            .filter(utterance -> !held.mayTrainOn(utterance))
            .map(Question::clean)
            .toList();
    if (unheard.isEmpty()) {
      return;
    }
    Examination examination =
        new Examination(model, KernelClassifier::load, new NoiseMixer(List.of(), 0, 0));
    List<Answer> answers =
        Recognizing.answers(
            surroundings, examination, unheard, Runtime.getRuntime().availableProcessors());
    PrintStream out = surroundings.out();
    out.println("Recordings that were not trained on:");
    out.println();
    out.print(EvaluationText.of(new Evaluation(answers)));
  }
}
