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
import org.digitstream.inference.model.dl4j.Dl4jClassifier;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.continuous.Listening;
import org.digitstream.training.continuous.Passage;
import org.digitstream.training.continuous.PassageComposer;
import org.digitstream.training.continuous.StreamReport;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.corpus.HeldOut;
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
      arity = "1..*",
      description = "Corpora, as for 'train'; with --merge, folders that -o wrote.")
  private List<Path> paths;

  @Mixin private ModelOption model;

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
          "Only the people whom this fold leaves out of a training (default: everybody). Folds: "
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
      description = "Chooses the noise for each recording (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--stream",
      description =
          "Recognize strings instead of single recordings: the corpora's own strings of digits, strings"
              + " composed of everybody's single digits, clean and at --noise-levels, other words, and"
              + " noise, each as a stream. Writes stream.json into -o.")
  private boolean stream;

  @Option(
      names = "--strings",
      defaultValue = "40",
      paramLabel = "N",
      description = "With --stream: strings of each person, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int strings;

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
    Optional<Fold> fold = Optional.ofNullable(foldName).map(this::fold);
    EvaluationFolder folder = output == null ? null : new EvaluationFolder(output);
    if (folder != null) {
      folder.requireWritable();
    }
    if (stream) {
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
    if (merge || calibrated != null || split != null) {
      throw wrongUsage("--stream goes with neither --merge, --calibrate nor --split");
    }
    if (strings < 1 || strings > 1000) {
      throw wrongUsage("--strings " + strings + " is not within 1..1000");
    }
    ModelBundle bundle = model.load();
    int sampleRateHz = bundle.featureSpec().sampleRateHz();
    Corpus corpus = read(surroundings, sampleRateHz);
    Predicate<Utterance> inFold =
        fold.map(one -> inFold(surroundings, one, corpus, bundle)).orElse(utterance -> true);
    List<Passage> passages;
    try {
      passages =
          new PassageComposer(sampleRateHz, seed)
              .compose(
                  corpus.utterances().stream().filter(inFold).toList(),
                  corpus.noiseSamples(),
                  strings,
                  List.copyOf(new TreeSet<>(noiseLevels).descendingSet()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    if (passages.isEmpty()) {
      throw new CommandFailure("there is nothing to listen to: no strings, digits, words or noise");
    }
    StreamReport report =
        new StreamReport(
            bundle.modelId(),
            bundle.spotter().threshold(),
            sampleRateHz,
            Recognizing.hearings(
                surroundings, new Listening(bundle, Dl4jClassifier::load), passages, threads));
    surroundings.out().print(report.text());
    if (folder != null) {
      folder.write(report);
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

  private AnswerSheet merged() throws IOException {
    if (foldName != null || !noiseLevels.isEmpty()) {
      throw wrongUsage(
          "--merge puts answers together that are there already; --fold and --noise-levels belong"
              + " to the evaluations that gave them");
    }
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
    Predicate<Utterance> inFold =
        fold.map(one -> inFold(surroundings, one, corpus, bundle)).orElse(utterance -> true);
    List<Question> questions = questions(corpus, inFold.and(inSplit()));
    surroundings.out().printf("model %s, %d recordings%n%n", bundle.modelId(), questions.size());
    return new AnswerSheet(
        List.of(
            new AnswerSheet.Part(
                bundle.modelId(),
                bundle.spotter().threshold(),
                !bundle.calibration().equals(Calibration.NONE),
                fold.map(Fold::name).orElse(""),
                answers(surroundings, bundle, corpus, questions))));
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

  private static Predicate<Utterance> inFold(
      Surroundings surroundings, Fold fold, Corpus corpus, ModelBundle bundle) {
    Set<String> people;
    try {
      people = fold.among(corpus.utterances().stream().map(Utterance::person).toList());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    Set<String> told = Set.of(bundle.provenance().heldOut().split("[;:,]? ", -1));
    List<String> notTold = people.stream().filter(person -> !told.contains(person)).toList();
    if (!notTold.isEmpty()) {
      surroundings
          .err()
          .printf(
              "note: the model %s does not say that %d of the %d people were left out of its"
                  + " training (such as %s); 'train --fold %s' makes one that does%n",
              bundle.modelId(), notTold.size(), people.size(), notTold.get(0), fold.name());
    }
    return utterance -> people.contains(utterance.person());
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

  private NoiseMixer noiseMixer(ModelBundle bundle, Corpus corpus) {
    int rate = bundle.featureSpec().sampleRateHz();
    return new NoiseMixer(corpus.noiseSamples(), (int) Math.round(noiseMarginSeconds * rate), seed);
  }

  private List<Answer> answers(
      Surroundings surroundings, ModelBundle bundle, Corpus corpus, List<Question> questions)
      throws InterruptedException {
    try {
      return Recognizing.answers(
          surroundings,
          new Examination(bundle, Dl4jClassifier::load, noiseMixer(bundle, corpus)),
          questions,
          threads);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }
}
