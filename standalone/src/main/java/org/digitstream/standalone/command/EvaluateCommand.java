package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.corpus.NoiseRecording;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.AnswerSheet;
import org.digitstream.training.evaluation.CalibrationFit;
import org.digitstream.training.evaluation.Evaluation;
import org.digitstream.training.evaluation.EvaluationText;
import org.digitstream.training.evaluation.Examination;
import org.digitstream.training.evaluation.NoiseMixer;
import org.digitstream.training.evaluation.Question;
import org.digitstream.training.evaluation.Reliability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Tells how well a model recognizes the recordings of corpora: by corpus and speaker, other"
            + " words, confidence, noise. Every recording is a stream of its own.",
    footer = {
      "  digitstream evaluate corpora/ -o evaluation/",
      "  digitstream evaluate --split test corpora/fsdd",
      "  digitstream evaluate --noise-levels 20,10,5,0 --only digits corpora/",
      "  digitstream train --fold george corpora/ -o george.zip",
      "  digitstream evaluate --fold george --model george.zip corpora/ -o george/",
      "  digitstream evaluate --stream --fold george --model george.zip corpora/",
      "  digitstream evaluate --stream --merge --choose-threshold george/ jackson/",
      "  digitstream evaluate --stream --passages passages/ corpora/",
      "  digitstream evaluate --stream --score answers.jsonl --passages passages/",
      "  digitstream evaluate --merge george/ jackson/ -o both/",
      "  digitstream evaluate --merge george/ theo/ --model d.zip --calibrate c.zip",
      "",
      "Words: 'right': of the digits that the recognizer would report if its threshold were 0, the"
          + " most confident is the one that is said. 'at threshold': the stream, as it is, reports"
          + " that digit and nothing else. 'found': right, and at least as confident as a threshold."
          + " 'taken': other words in which any digit that confident is reported. More, and the"
          + " fields of the files, is in docs/evaluation.md."
    })
final class EvaluateCommand extends DigitstreamCommand {
  /** Sorts of recordings as a person asks for them. */
  enum Sort {
    DIGITS(Utterance.Kind.ISOLATED_DIGIT),
    CUT_DIGITS(Utterance.Kind.CUT_DIGIT),
    OTHER_WORDS(Utterance.Kind.OTHER_WORDS),
    SENTENCES(Utterance.Kind.SENTENCE),
    DIGIT_STRINGS(Utterance.Kind.DIGIT_STRING);

    private final Utterance.Kind kind;

    Sort(Utterance.Kind kind) {
      this.kind = kind;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Corpora, as for 'train'; with --merge, folders that -o wrote.")
  private List<Path> paths = List.of();

  @Mixin private ModelOption model;

  @Mixin private EngineOption engine;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description =
          "Where evaluation.json, answers.jsonl and pictures go (default: only the tables, here).")
  private Path output;

  @Option(
      names = "--merge",
      description =
          "Put evaluations of several models, such as those of all folds, into one: PATH are the"
              + " folders that they were written into. No recording may be in two of them.")
  private boolean merge;

  @Option(
      names = "--fold",
      paramLabel = "NAME",
      description =
          "Only the people whom this fold leaves out of a training, and the noise (default: all)."
              + " Folds: "
              + Fold.NAMES_TEXT
              + ".")
  private String foldName;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SORT",
      description = "Only these sorts of recordings: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Sort> only = EnumSet.allOf(Sort.class);

  @Option(
      names = "--split",
      paramLabel = "test|train",
      description =
          "Only the official test split of FSDD, or only what a training may use"
              + " (default: both).")
  private String split;

  @Option(
      names = "--noise-levels",
      split = ",",
      paramLabel = "DB",
      description =
          "Also with noise at these signal-to-noise ratios over the word, from the folders named"
              + " 'noise': the single digits only (default: none).")
  private List<Double> noiseLevels = List.of();

  @Option(
      names = "--noise-margin",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description =
          "For how long noise is heard before and after each recording too, 0 to 10"
              + " (default: ${DEFAULT-VALUE}).")
  private double noiseMarginSeconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Chooses the noise for each recording; with --stream, composes the passages and draws for the"
              + " intervals, too (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private StreamOptions streams;

  @Option(
      names = "--calibrate",
      paramLabel = "FILE.zip",
      description =
          "Also fit a calibration of the confidence to the digits evaluated, which should be by people"
              + " whom the models did not hear, and write the model of --model with it to this file"
              + " (default: no).")
  private Path calibrated;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      description =
          "The threshold of the model that --calibrate writes, about calibrated confidences, 0 to 1"
              + " (default: the one that reports the same digits as before).")
  private Float threshold;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many recordings at once; the results are the same for any number"
              + " (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  EvaluateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (threads < 1 || threads > 64) {
      throw wrongUsage("--threads " + threads + " is not within 1..64");
    }
    if (threshold != null && (calibrated == null || !(threshold >= 0 && threshold <= 1))) {
      throw wrongUsage(
          "--threshold " + threshold + " goes with --calibrate only and is within 0..1");
    }
    if (!(noiseMarginSeconds >= 0 && noiseMarginSeconds <= 10)) {
      throw wrongUsage("--noise-margin " + noiseMarginSeconds + " is not within 0..10");
    }
    streams.require(this, merge);
    if (paths.isEmpty() == (streams.answers() == null)) {
      throw wrongUsage(
          paths.isEmpty()
              ? "say what to evaluate: one or more folders of recordings"
              : "--score has its passages, and needs no " + paths.get(0));
    }
    Optional<Fold> fold = Optional.ofNullable(foldName).map(this::fold);
    EvaluationFolder folder = output == null ? null : new EvaluationFolder(output);
    if (folder != null) {
      folder.requireWritable();
    }
    if (streams.wanted()) {
      listen(surroundings, fold, folder);
      return SUCCEEDED;
    }
    AnswerSheet sheet = merge ? merged() : examine(surroundings, fold);
    surroundings.out().print(EvaluationText.of(new Evaluation(sheet.answers())));
    if (folder != null) {
      folder.write(sheet);
    }
    if (calibrated != null) {
      calibrate(surroundings, sheet);
    }
    return SUCCEEDED;
  }

  private void listen(Surroundings surroundings, Optional<Fold> fold, EvaluationFolder folder)
      throws IOException, InterruptedException {
    if (calibrated != null || split != null) {
      throw wrongUsage("--stream goes with neither --calibrate nor --split");
    }
    StreamEvaluation evaluation =
        new StreamEvaluation(surroundings, streams, engine::load, seed, folder);
    if (streams.answers() != null) {
      requireNothingToAsk();
      evaluation.score();
    } else if (merge) {
      requireNothingToAsk();
      evaluation.merge(paths);
    } else {
      ModelBundle bundle = model.load();
      Corpus corpus = read(surroundings, bundle.featureSpec().sampleRateHz());
      evaluation.listen(
          bundle,
          Strangers.of(surroundings, fold, corpus, bundle),
          fold.map(Fold::name).orElse(""),
          List.copyOf(new TreeSet<>(noiseLevels).descendingSet()),
          threads);
    }
  }

  private void calibrate(Surroundings surroundings, AnswerSheet sheet) throws IOException {
    ModelBundle bundle = model.load();
    if (!bundle.calibration().equals(Calibration.NONE)
        || sheet.parts().stream().anyMatch(AnswerSheet.Part::calibrated)) {
      throw new CommandFailure(
          "--calibrate needs answers of models without a calibration, and such a model to put it"
              + " into");
    }
    Calibration fitted;
    Reliability onOthers;
    try {
      fitted = CalibrationFit.fit(sheet.answers());
      onOthers = CalibrationFit.crossValidated(sheet.answers());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--calibrate: " + e.getMessage(), e);
    }
    float atLeast = threshold == null ? fitted.apply(bundle.spotter().threshold()) : threshold;
    ModelBundle result =
        bundle.withCalibration(fitted).withSpotter(bundle.spotter().withThreshold(atLeast));
    result.write(calibrated);
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "%n%s: model %s, calibrated by low %.4f, high %.4f, shift %.4f, threshold %.4f%n"
                + "expected calibration error before %.3f, after %.3f; %.3f on people left out of the"
                + " fit%n",
            calibrated,
            result.modelId(),
            fitted.low(),
            fitted.high(),
            fitted.shift(),
            atLeast,
            new Evaluation(sheet.answers()).reliability().expectedError(),
            new Evaluation(CalibrationFit.calibrated(sheet.answers(), fitted))
                .reliability()
                .expectedError(),
            onOthers.expectedError());
  }

  private Fold fold(String name) {
    try {
      return Fold.named(name);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--fold: " + e.getMessage());
    }
  }

  private void requireNothingToAsk() {
    if (foldName != null || !noiseLevels.isEmpty()) {
      throw wrongUsage(
          "--merge and --score take answers that are there already; --fold and --noise-levels belong"
              + " to the evaluations that gave them");
    }
  }

  private AnswerSheet merged() throws IOException {
    requireNothingToAsk();
    List<AnswerSheet> sheets = new ArrayList<>();
    for (Path path : paths) {
      sheets.add(new EvaluationFolder(path).read());
    }
    try {
      return AnswerSheet.merge(sheets);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  private AnswerSheet examine(Surroundings surroundings, Optional<Fold> fold)
      throws IOException, InterruptedException {
    ModelBundle bundle = model.load();
    Corpus corpus = read(surroundings, bundle.featureSpec().sampleRateHz());
    Strangers strangers = Strangers.of(surroundings, fold, corpus, bundle);
    List<Question> questions = questions(strangers.corpus(), inSplit());
    surroundings.out().printf("model %s, %d recordings%n%n", bundle.modelId(), questions.size());
    return new AnswerSheet(
        List.of(
            new AnswerSheet.Part(
                bundle.modelId(),
                bundle.spotter().threshold(),
                !bundle.calibration().equals(Calibration.NONE),
                fold.map(Fold::name).orElse(""),
                answers(surroundings, bundle, strangers.mixed(), questions))));
  }

  private Corpus read(Surroundings surroundings, int sampleRateHz) throws IOException {
    Corpus corpus;
    try (ProgressBar progress = surroundings.progressBar()) {
      corpus =
          CorpusReader.read(
              paths,
              sampleRateHz,
              files -> {
                CorpusIntake.requireNoEnd(surroundings);
                progress.update(0, "reading: " + files + " files");
              });
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    corpus.unreadable().forEach(problem -> surroundings.err().println("left out: " + problem));
    return corpus;
  }

  private List<Question> questions(Corpus corpus, Predicate<Utterance> wanted) {
    Set<Utterance.Kind> kinds = only.stream().map(sort -> sort.kind).collect(Collectors.toSet());
    List<Question> questions = new ArrayList<>();
    for (Utterance utterance : corpus.utterances()) {
      if (kinds.contains(utterance.kind()) && wanted.test(utterance)) {
        questions.add(Question.clean(utterance));
        if (utterance.kind() == Utterance.Kind.ISOLATED_DIGIT
            || utterance.kind() == Utterance.Kind.CUT_DIGIT) {
          for (double level : new TreeSet<>(noiseLevels)) {
            questions.add(new Question(utterance, level));
          }
        }
      }
    }
    if (questions.isEmpty()) {
      throw new CommandFailure(
          "none of the "
              + corpus.utterances().size()
              + " recordings is left by --fold, --only and --split");
    }
    return questions;
  }

  private Predicate<Utterance> inSplit() {
    if (split == null) {
      return utterance -> true;
    }
    return switch (split) {
      case "test" -> HeldOut::isFsddTest;
      case "train" -> utterance -> !HeldOut.isFsddTest(utterance);
      default -> throw wrongUsage("--split is test or train, not '" + split + "'");
    };
  }

  private NoiseMixer noiseMixer(ModelBundle bundle, List<NoiseRecording> noises) {
    int rate = bundle.featureSpec().sampleRateHz();
    return new NoiseMixer(
        noises.stream().map(NoiseRecording::samples).toList(),
        (int) Math.round(noiseMarginSeconds * rate),
        seed);
  }

  private List<Answer> answers(
      Surroundings surroundings,
      ModelBundle bundle,
      List<NoiseRecording> noises,
      List<Question> questions)
      throws InterruptedException {
    try {
      return Recognizing.answers(
          surroundings,
          new Examination(bundle, engine::load, noiseMixer(bundle, noises)),
          questions,
          threads);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }
}
