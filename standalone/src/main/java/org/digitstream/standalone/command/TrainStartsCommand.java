package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.corpus.TakeLimit;
import org.digitstream.training.network.TrainingRecipe;
import org.digitstream.training.pretraining.StartMethod;
import org.digitstream.training.pretraining.StartPretraining;
import org.digitstream.training.starts.StartChart;
import org.digitstream.training.starts.StartComparison;
import org.digitstream.training.starts.StartFolder;
import org.digitstream.training.starts.StartPlan;
import org.digitstream.training.starts.StartProgress;
import org.digitstream.training.starts.StartReport;
import org.digitstream.training.starts.StartResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream train starts}. */
@Command(
    name = "starts",
    description =
        "Finds out whether pretraining earns its place: short trainings from random filters, from"
            + " those of layer-wise autoencoders and of denoising ones, with few recordings and"
            + " many, tried on people who are left out. Writes starts.md, starts.json and"
            + " starts.png.",
    footer = {
      "  digitstream train starts corpora/ -o starts",
      "  digitstream train starts corpora/ -o starts --folds george --takes 1,all --seeds 1",
      "",
      "Each training's result is kept in FOLDER/runs; the same command goes on after the last one.",
      "72 trainings of the default length take about half an hour on one core."
    })
final class TrainStartsCommand extends DigitstreamCommand {
  private static final int MOST_STRIPS = 10_000;
  private static final long RESULT_BYTES = 2_000_000;

  private final Preflight preflight;

  @Parameters(
      paramLabel = "CORPUS",
      arity = "1..*",
      description = "Corpora, as for 'train': folders, or tar archives of such.")
  private List<Path> corpora;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Where the results go; required.")
  private Path output;

  @Option(
      names = "--folds",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "nicolas,theo",
      description =
          "Whose people are left out, one or more of "
              + Fold.NAMES_TEXT
              + " (default: ${DEFAULT-VALUE}).")
  private List<String> folds;

  @Option(
      names = "--takes",
      paramLabel = "N|all",
      split = ",",
      defaultValue = "1,5,10,all",
      description =
          "Most recordings of each digit and person to train on (default: ${DEFAULT-VALUE}).")
  private List<String> takes;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many seeds, counted from 1: of the weights, the strips and the draw of the"
              + " recordings (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--strips",
      paramLabel = "N",
      defaultValue = "2400",
      description =
          "Strips of 3.4 s that each classifier is trained on, up to 10000, as their windows are"
              + " kept in memory (default: ${DEFAULT-VALUE}).")
  private int strips;

  @Option(
      names = "--width",
      defaultValue = "0.5",
      description = "Multiplies the channels of every layer, 0.1 to 2 (default: ${DEFAULT-VALUE}).")
  private double width;

  @Option(
      names = "--digits",
      paramLabel = "N",
      defaultValue = "120",
      description =
          "Most digits of each corpus that the people left out are tried with"
              + " (default: ${DEFAULT-VALUE}).")
  private int digits;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Windows that the autoencoders learn from, three times each for each layer"
              + " (default: ${DEFAULT-VALUE}).")
  private int pictures;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compose and recognize; one trains (default: one per processor).")
  private Integer threads;

  @Mixin private FeatureSpecOption featureSpec;

  TrainStartsCommand(Surroundings surroundings, Preflight preflight) {
    super(surroundings);
    this.preflight = preflight;
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    FeatureSpec spec = featureSpec.orDefault(this);
    requireSettings(spec);
    StartPlan plan = plan();
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (workers < 1) {
      throw wrongUsage("--threads " + workers + " is not at least 1");
    }
    preflight.requireFolder(output, RESULT_BYTES);
    Corpus corpus = CorpusIntake.read(surroundings, corpora, spec);
    StartFolder folder = new StartFolder(output);
    ExecutorService executor = Workers.of("starts", workers);
    List<StartResult> results;
    try (Console console = new Console(surroundings, plan, folder, spec)) {
      results =
          new StartComparison(plan, seed -> recipe(spec, seed), corpus, folder, System::nanoTime)
              .run(executor, workers, console);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    } finally {
      executor.shutdownNow();
    }
    write(folder, plan, results, spec);
    surroundings.out().println(output.resolve("starts.md") + ": the table");
    return SUCCEEDED;
  }

  private TrainingRecipe recipe(FeatureSpec spec, long seed) {
    return TrainingRecipe.pictures(spec, width, strips, seed);
  }

  private void requireSettings(FeatureSpec spec) {
    if (spec.hopMillis() != 10) {
      throw wrongUsage(
          "the network is laid out for 10 ms between frames, as in wideband and narrowband; "
              + spec.name()
              + " has "
              + spec.hopMillis()
              + " ms");
    }
    if (!(width >= 0.1 && width <= 2)) {
      throw wrongUsage("--width " + width + " is not within 0.1..2");
    }
    if (strips > MOST_STRIPS) {
      throw wrongUsage("--strips " + strips + " is more than " + MOST_STRIPS);
    }
    try {
      recipe(spec, 1);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--strips: " + e.getMessage());
    }
  }

  private StartPlan plan() {
    try {
      List<Integer> limits = new ArrayList<>();
      for (String text : takes.stream().distinct().toList()) {
        limits.add(limit(text));
      }
      return new StartPlan(
          folds.stream().distinct().map(Fold::named).toList(),
          limits,
          seeds,
          digits,
          pretraining());
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e.getMessage());
    }
  }

  private StartPretraining pretraining() {
    return new StartPretraining(pictures, StartPretraining.STANDARD.epochs());
  }

  private int limit(String text) {
    if (text.equals("all")) {
      return TakeLimit.ALL;
    }
    if (text.matches("[1-9]\\d{0,6}")) {
      return Integer.parseInt(text);
    }
    throw wrongUsage("--takes '" + text + "' is neither a number from 1 nor 'all'");
  }

  private void write(
      StartFolder folder, StartPlan plan, List<StartResult> results, FeatureSpec spec)
      throws IOException {
    StartReport report = new StartReport(plan, results, settings(spec));
    folder.write("starts.md", report.markdown().getBytes(StandardCharsets.UTF_8));
    folder.write("starts.json", (report.json() + "\n").getBytes(StandardCharsets.UTF_8));
    folder.write("starts.png", StartChart.png(report));
  }

  private Map<String, String> settings(FeatureSpec spec) {
    TrainingRecipe recipe = recipe(spec, 1);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "command",
        String.format(
            "digitstream train starts %s -o FOLDER --folds %s --takes %s --seeds %d --strips %d"
                + " --width %s --digits %d --pictures %d",
            corpora.stream()
                .map(corpus -> corpus.getFileName().toString())
                .collect(Collectors.joining(" ")),
            String.join(",", folds),
            String.join(",", takes),
            seeds,
            strips,
            width,
            digits,
            pictures));
    settings.put(
        "network",
        recipe.network().parameterCount()
            + " parameters, five convolutions and a dense layer, width "
            + width);
    settings.put("features", spec.name());
    settings.put(
        "classifier", recipe.iterations() + " updates of " + recipe.batchExamples() + " windows");
    settings.putAll(recipe.settings());
    settings.putAll(pretraining().settings(StartMethod.DENOISING));
    settings.put(
        "start",
        "random, autoencoder, or denoising, which puts the masked share of the input to 0; biases"
            + " and batch normalization always start afresh");
    settings.put("digits asked of each corpus", "at most " + digits);
    return settings;
  }

  /** Tells a person how it goes on, and writes what there is to see by then. */
  private final class Console implements StartProgress, AutoCloseable {
    private final Surroundings surroundings;
    private final StartPlan plan;
    private final StartFolder folder;
    private final FeatureSpec spec;
    private final ProgressBar bar;
    private final long startNanos = System.nanoTime();

    Console(Surroundings surroundings, StartPlan plan, StartFolder folder, FeatureSpec spec) {
      this.surroundings = surroundings;
      this.plan = plan;
      this.folder = folder;
      this.spec = spec;
      this.bar = surroundings.progressBar();
    }

    @Override
    public void update(double runs, int found, String what) {
      CorpusIntake.requireNoEnd(surroundings);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      double left = (plan.runs() - runs) * seconds / Math.max(runs - found, 0.01);
      bar.update(
          runs / plan.runs(),
          runs - found < 0.5
              ? what
              : String.format("%s, %.0f min left", what, Math.ceil(left / 60)));
    }

    @Override
    public void finished(StartResult result, List<StartResult> all) throws IOException {
      bar.clear();
      surroundings
          .out()
          .printf(
              "%s: %.1f %% right, %.0f s%n",
              result.run().id(),
              result.rightPercent(null),
              result.pretrainingSeconds() + result.trainingSeconds());
      write(folder, plan, all, spec);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
