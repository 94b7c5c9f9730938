package org.digitstream.training.starts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.training.ModelTraining;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.corpus.SeededDraw;
import org.digitstream.training.corpus.TakeLimit;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.Examination;
import org.digitstream.training.evaluation.NoiseMixer;
import org.digitstream.training.evaluation.Question;
import org.digitstream.training.network.CheckpointFile;
import org.digitstream.training.network.StartWeights;
import org.digitstream.training.network.Trainer;
import org.digitstream.training.network.TrainingRecipe;
import org.digitstream.training.pretraining.PretrainingProgress;
import org.digitstream.training.pretraining.StartMethod;

/**
 * Trains the same network from each start, with the same recordings in the same order, and tries
 * each on the same digits of the people left out: trainings of a fold, number of takes and seed
 * differ in nothing but the filters that they start from. What is finished is not done again.
 */
public final class StartComparison {
  /** The draw of the digits to be asked: the same for all trainings. */
  private static final long QUESTIONS_SEED = 1;

  private static final Provenance NO_STORY =
      new Provenance("a comparison of starts", "", 0, Map.of(), List.of(), "", "", 0);

  private final StartPlan plan;
  private final LongFunction<TrainingRecipe> recipes;
  private final Corpus corpus;
  private final StartFolder folder;
  private final LongSupplier nanoTime;
  private final String fingerprint;

  /**
   * A comparison to be made.
   *
   * @param plan what to compare
   * @param recipes gives the recipe of a seed, of a network of pictures
   * @param corpus everything that was read
   * @param folder keeps the results
   * @param nanoTime tells how long the trainings take, and nothing else
   * @throws IllegalArgumentException where nobody whom a fold leaves out is there, or a digit is
   *     missing
   */
  public StartComparison(
      StartPlan plan,
      LongFunction<TrainingRecipe> recipes,
      Corpus corpus,
      StartFolder folder,
      LongSupplier nanoTime) {
    this.plan = plan;
    this.recipes = recipes;
    this.corpus = corpus;
    this.folder = folder;
    this.nanoTime = nanoTime;
    this.fingerprint =
        new Trainer(recipes.apply(0), corpus).fingerprint().substring(0, 16)
            + " "
            + plan.pretraining().settings(StartMethod.DENOISING)
            + " digits="
            + plan.digitsPerCorpus();
    List<String> people = corpus.utterances().stream().map(Utterance::person).distinct().toList();
    plan.folds().forEach(fold -> fold.among(people));
  }

  /**
   * Does what is not done yet, training on the calling thread.
   *
   * @param executor composes strips and recognizes
   * @param threads how many threads it has
   * @return all results
   * @throws IllegalArgumentException where a result that is kept belongs to another comparison
   * @throws IOException where a result cannot be read or written
   * @throws InterruptedException where the thread is interrupted
   */
  public List<StartResult> run(ExecutorService executor, int threads, StartProgress progress)
      throws IOException, InterruptedException {
    Work work = new Work(executor, threads, progress);
    for (StartPlan.Group group : plan.groups()) {
      for (StartMethod method : StartMethod.values()) {
        folder.read(group.run(method), fingerprint).ifPresent(work::add);
      }
    }
    work.found = work.results.size();
    for (StartPlan.Group group : plan.groups()) {
      work.run(group);
    }
    return List.copyOf(work.results.values());
  }

  /** The state of one {@link #run}. */
  private final class Work {
    private final ExecutorService executor;
    private final int threads;
    private final StartProgress progress;
    private final Map<String, StartResult> results = new TreeMap<>();
    private int found;

    Work(ExecutorService executor, int threads, StartProgress progress) {
      this.executor = executor;
      this.threads = threads;
      this.progress = progress;
    }

    void add(StartResult result) {
      results.put(result.run().id(), result);
    }

    private void tell(double ofThisRun, String what) {
      progress.update(results.size() + ofThisRun, found, what);
    }

    void run(StartPlan.Group group) throws IOException, InterruptedException {
      List<StartRun> missing = new ArrayList<>();
      for (StartMethod method : StartMethod.values()) {
        if (!results.containsKey(group.run(method).id())) {
          missing.add(group.run(method));
        }
      }
      if (missing.isEmpty()) {
        return;
      }
      HeldOut heldOut =
          new HeldOut(
              group
                  .fold()
                  .among(corpus.utterances().stream().map(Utterance::person).distinct().toList()));
      Corpus allowed =
          new TakeLimit(group.takes(), group.seed()).of(corpus.where(heldOut::mayTrainOn));
      TrainingRecipe recipe = recipes.apply(group.seed());
      String what = group.run(StartMethod.RANDOM).id().replace("-random", "");
      Trainer trainer =
          new Trainer(recipe, allowed)
              .rehearsed(executor, strips -> tell(0, what + ": composing " + strips + " strips"));
      List<Question> questions = questions(heldOut);
      for (StartRun run : missing) {
        StartResult result = train(run, recipe, trainer, digits(allowed), questions);
        folder.write(result);
        add(result);
        progress.finished(result, List.copyOf(results.values()));
      }
    }

    private StartResult train(
        StartRun run, TrainingRecipe recipe, Trainer trainer, int digits, List<Question> questions)
        throws IOException, InterruptedException {
      long begun = nanoTime.getAsLong();
      PretrainingProgress learning = examples -> tell(0, run.id() + ": autoencoders");
      StartWeights start =
          plan.pretraining()
              .learn(
                  run.method(),
                  (PictureShape) recipe.network(),
                  trainer,
                  run.seed(),
                  executor,
                  learning);
      long pretrained = nanoTime.getAsLong();
      double[] last = new double[1];
      Trainer.TrainedNetwork trained =
          trainer
              .startingFrom(start)
              .train(
                  executor,
                  CheckpointFile.NONE,
                  () -> nanoTime.getAsLong() / 1_000_000,
                  (done, all, loss) -> {
                    last[0] = loss;
                    tell(
                        0.9 * done / all,
                        String.format("%s: %d strips, loss %.3f", run.id(), done, loss));
                  });
      long over = nanoTime.getAsLong();
      ModelBundle model = ModelTraining.model("starts", recipe, trained, NO_STORY);
      List<Answer> answers =
          new Examination(model, KernelClassifier::load, new NoiseMixer(List.of(), 0, 0))
              .answers(questions, executor, threads, done -> tell(0.9, run.id() + ": trying"));
      return new StartResult(
          run,
          fingerprint,
          digits,
          last[0],
          (pretrained - begun) / 1e9,
          (over - pretrained) / 1e9,
          scores(answers));
    }
  }

  private List<Question> questions(HeldOut heldOut) {
    Map<String, List<Utterance>> byCorpus =
        corpus.utterances().stream()
            .filter(utterance -> heldOut.isStranger(utterance) && isSingleDigit(utterance))
            .collect(Collectors.groupingBy(Utterance::corpus, TreeMap::new, Collectors.toList()));
    return byCorpus.values().stream()
        .flatMap(some -> SeededDraw.of(some, plan.digitsPerCorpus(), QUESTIONS_SEED).stream())
        .map(Question::clean)
        .toList();
  }

  private static List<StartResult.Score> scores(List<Answer> answers) {
    Map<String, List<Answer>> byCorpus =
        answers.stream()
            .collect(Collectors.groupingBy(Answer::corpus, TreeMap::new, Collectors.toList()));
    return byCorpus.entrySet().stream()
        .map(
            entry ->
                new StartResult.Score(
                    entry.getKey(),
                    entry.getValue().size(),
                    (int) entry.getValue().stream().filter(Answer::isRight).count()))
        .toList();
  }

  private static int digits(Corpus corpus) {
    return (int) corpus.utterances().stream().filter(StartComparison::isSingleDigit).count();
  }

  private static boolean isSingleDigit(Utterance utterance) {
    return utterance.kind() == Utterance.Kind.ISOLATED_DIGIT
        || utterance.kind() == Utterance.Kind.CUT_DIGIT;
  }
}
