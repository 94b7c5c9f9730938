package org.digitstream.standalone.command;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.continuous.Hearing;
import org.digitstream.training.continuous.Listening;
import org.digitstream.training.continuous.Passage;
import org.digitstream.training.continuous.PassageComposer;
import org.digitstream.training.continuous.PassageFolder;
import org.digitstream.training.continuous.StreamReport;
import org.digitstream.training.continuous.StreamSheet;

/** What {@code evaluate --stream} does with what it was given. */
final class StreamEvaluation {
  /**
   * How much a recognizer had to do.
   *
   * @param cpuSeconds of all threads, with loading the model
   * @param audioSeconds that it listened to
   */
  record Effort(double cpuSeconds, double audioSeconds) {}

  private final Surroundings surroundings;
  private final StreamOptions options;
  private final Function<ModelBundle, WindowClassifier> engine;
  private final long seed;
  private final EvaluationFolder output;

  /**
   * An evaluation.
   *
   * @param surroundings where tables and progress go
   * @param options what was asked for
   * @param engine makes what runs the network, one for each thread
   * @param seed of everything random
   * @param output where files go, or null
   */
  StreamEvaluation(
      Surroundings surroundings,
      StreamOptions options,
      Function<ModelBundle, WindowClassifier> engine,
      long seed,
      EvaluationFolder output) {
    this.surroundings = surroundings;
    this.options = options;
    this.engine = engine;
    this.seed = seed;
    this.output = output;
  }

  /** Composes passages, lets a model listen to them, and reports. */
  void listen(
      ModelBundle bundle, Strangers strangers, String fold, List<Double> noiseLevels, int threads)
      throws IOException, InterruptedException {
    int sampleRateHz = bundle.featureSpec().sampleRateHz();
    List<Passage> passages = compose(strangers, sampleRateHz, noiseLevels);
    if (options.passages() != null) {
      write(passages, sampleRateHz);
    }
    double cpuSeconds = cpuSeconds();
    List<Hearing> hearings =
        Recognizing.hearings(surroundings, new Listening(bundle, engine), passages, threads);
    Effort effort =
        new Effort(
            cpuSeconds() - cpuSeconds,
            passages.stream().mapToDouble(passage -> passage.samples().length).sum()
                / sampleRateHz);
    report(
        new StreamReport(
            new StreamSheet(
                List.of(
                    new StreamSheet.Part(
                        bundle.modelId(),
                        bundle.spotter().threshold(),
                        sampleRateHz,
                        fold,
                        hearings))),
            seed));
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "%.1f minutes of audio, %.4f CPU seconds for each second%n",
            effort.audioSeconds() / 60,
            effort.cpuSeconds() / effort.audioSeconds());
    if (output != null) {
      output.write(effort);
    }
  }

  private List<Passage> compose(Strangers strangers, int sampleRateHz, List<Double> noiseLevels) {
    List<Passage> passages;
    try {
      passages =
          new PassageComposer(sampleRateHz, seed)
              .compose(strangers.corpus(), strangers.mixed(), options.strings(), noiseLevels);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    if (passages.isEmpty()) {
      throw new CommandFailure("there is nothing to listen to: no strings, digits, words or noise");
    }
    return passages;
  }

  private void write(List<Passage> passages, int sampleRateHz) throws IOException {
    try (ProgressBar progress = surroundings.progressBar()) {
      new PassageFolder(options.passages())
          .write(
              passages,
              sampleRateHz,
              done -> {
                CorpusIntake.requireNoEnd(surroundings);
                progress.update((double) done / passages.size(), "writing passages");
              });
    }
  }

  /** Of all threads of this process. */
  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** Puts together what was heard before, and reports. */
  void merge(List<Path> folders) throws IOException {
    List<StreamSheet> sheets = new ArrayList<>();
    for (Path folder : folders) {
      sheets.add(new EvaluationFolder(folder).readStream());
    }
    try {
      StreamSheet sheet = StreamSheet.merge(sheets);
      report(
          options.chooseThreshold()
              ? StreamReport.choosingThresholds(sheet, options.mostTaken(), seed)
              : new StreamReport(sheet, seed));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  /** Scores what another recognizer heard, and reports. */
  void score() throws IOException {
    for (Path path : List.of(options.answers(), options.passages().resolve("passages.jsonl"))) {
      if (!Files.isRegularFile(path)) {
        throw new CommandFailure(
            path + ": there is no such file; 'evaluate --stream --passages' writes passages");
      }
    }
    StreamSheet sheet;
    try {
      sheet = new PassageFolder(options.passages()).answers(Files.readAllLines(options.answers()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(options.answers() + ": " + e.getMessage(), e);
    }
    report(new StreamReport(sheet, seed));
  }

  private void report(StreamReport report) throws IOException {
    surroundings.out().print(report.text());
    if (output != null) {
      output.write(report);
    }
  }
}
