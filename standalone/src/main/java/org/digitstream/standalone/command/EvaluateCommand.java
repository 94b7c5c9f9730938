package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.dl4j.Dl4jClassifier;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.AnswerSheet;
import org.digitstream.training.evaluation.Evaluation;
import org.digitstream.training.evaluation.EvaluationJson;
import org.digitstream.training.evaluation.EvaluationText;
import org.digitstream.training.evaluation.Examination;
import org.digitstream.training.evaluation.NoiseMixer;
import org.digitstream.training.evaluation.Question;
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
      "  digitstream evaluate --noise-levels 20,10,5,0 --only digits corpora/fsdd corpora/noise",
      "  digitstream train --fold george corpora/ -o george.zip",
      "  digitstream evaluate --fold george --model george.zip corpora/ -o george/",
      "  digitstream evaluate --merge george/ jackson/ -o both/",
      "",
      "right: of all digits that the recognizer would report if its threshold were 0, the most",
      "confident one is the digit that is said. at threshold: the stream as it is reports that digit",
      "and nothing else. found: right, and at least as confident as a threshold. taken: other words",
      "in which a digit that confident is reported. docs/evaluation.md says the rest."
    })
final class EvaluateCommand extends DigitstreamCommand {
  /** Sorts of recordings as a person asks for them. */
  enum Sort {
    DIGITS(Utterance.Kind.ISOLATED_DIGIT),
    CUT_DIGITS(Utterance.Kind.CUT_DIGIT),
    OTHER_WORDS(Utterance.Kind.OTHER_WORDS),
    SENTENCES(Utterance.Kind.SENTENCE);

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
      names = "--fold",
      paramLabel = "NAME",
      description =
          "Only the people whom this fold leaves out of a training (default: everybody). Folds: "
              + Fold.NAMES_TEXT
              + ".")
  private String fold;

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
      names = "--seed",
      defaultValue = "1",
      description = "Chooses the noise for each recording (default: ${DEFAULT-VALUE}).")
  private long seed;

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
    if (output != null) {
      requireWritable(output);
    }
    AnswerSheet sheet = examine(surroundings);
    surroundings.out().print(EvaluationText.of(new Evaluation(sheet.answers())));
    if (output != null) {
      write(sheet);
    }
    return SUCCEEDED;
  }

  private AnswerSheet examine(Surroundings surroundings) throws IOException, InterruptedException {
    ModelBundle bundle = model.load();
    Corpus corpus = read(surroundings, bundle.featureSpec().sampleRateHz());
    List<Question> questions = questions(corpus);
    surroundings.out().printf("model %s, %d recordings%n%n", bundle.modelId(), questions.size());
    return new AnswerSheet(
        List.of(
            new AnswerSheet.Part(
                bundle.modelId(),
                bundle.spotter().threshold(),
                false,
                fold == null ? "" : fold,
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
                requireNoEnd(surroundings);
                progress.update(0, "reading: " + files + " files");
              });
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    corpus.unreadable().forEach(problem -> surroundings.err().println("left out: " + problem));
    return corpus;
  }

  private List<Question> questions(Corpus corpus) {
    Predicate<Utterance> wanted = inFold(corpus).and(inSplit());
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

  private Predicate<Utterance> inFold(Corpus corpus) {
    if (fold == null) {
      return utterance -> true;
    }
    try {
      Set<String> people =
          Fold.named(fold).among(corpus.utterances().stream().map(Utterance::person).toList());
      return utterance -> people.contains(utterance.person());
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--fold: " + e.getMessage());
    }
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

  private List<Answer> answers(
      Surroundings surroundings, ModelBundle bundle, Corpus corpus, List<Question> questions)
      throws InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "recognizer");
              thread.setDaemon(true);
              return thread;
            });
    long startNanos = System.nanoTime();
    try (ProgressBar progress = surroundings.progressBar()) {
      return new Examination(bundle, Dl4jClassifier::load, new NoiseMixer(corpus.noises(), seed))
          .answers(
              questions,
              workers,
              threads,
              done -> {
                requireNoEnd(surroundings);
                double seconds = (System.nanoTime() - startNanos) / 1e9;
                progress.update(
                    (double) done / questions.size(),
                    String.format("recognizing, %.0f recordings/s", done / seconds));
              });
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static void requireNoEnd(Surroundings surroundings) {
    if (surroundings.termination().isRequested()) {
      throw new CommandFailure("ended before the work was done");
    }
  }

  private static void requireWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "digitstream", ".part"));
    } catch (IOException e) {
      throw new CommandFailure("cannot write into " + folder + ": " + e.getMessage(), e);
    }
  }

  private void write(AnswerSheet sheet) throws IOException {
    Files.write(output.resolve("answers.jsonl"), sheet.lines().toList());
    Files.writeString(output.resolve("evaluation.json"), EvaluationJson.of(sheet));
  }
}
