package org.digitstream.training.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.digitstream.training.corpus.Utterance;

/** An evaluation as tables for a terminal. */
public final class EvaluationText {
  private static final int MOST_SPEAKERS = 10;

  private EvaluationText() {}

  /** The tables; parts that would be empty are left out. */
  public static String of(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    digits(text, evaluation);
    otherWords(text, evaluation);
    sentences(text, evaluation);
    operatingPoint(text, evaluation);
    if (!evaluation.digits().isEmpty()) {
      line(
          text,
          "%nExpected calibration error: %.3f over %d digits with a candidate"
              + " (with other words: %.3f)",
          evaluation.reliability().expectedError(),
          evaluation.reliability().answers(),
          evaluation.reliabilityWithOtherWords().expectedError());
    }
    noise(text, evaluation);
    if (!evaluation.digits().isEmpty()) {
      line(text, "%nCandidates:%n%s", evaluation.confusion().toText());
    }
    return text.toString();
  }

  private static void digits(StringBuilder text, Evaluation evaluation) {
    List<Evaluation.Group> corpora =
        evaluation.byCorpus().stream()
            .filter(group -> group.kind() != Utterance.Kind.OTHER_WORDS)
            .toList();
    if (corpora.isEmpty()) {
      return;
    }
    line(
        text,
        "%-24s %10s %8s %13s %12s   %s",
        "single digits",
        "recordings",
        "right",
        "at threshold",
        "speakers",
        "worst speaker");
    for (Evaluation.Group group : corpora) {
      line(
          text,
          "%-24s %10d %8s %13s %12s   %s",
          group.corpus() + (group.kind() == Utterance.Kind.CUT_DIGIT ? ", cut" : ""),
          group.tally().recordings(),
          percent(group.tally().rightShare()),
          percent(group.tally().rightAtThresholdShare()),
          evaluation.speakers(group.corpus(), group.kind()).size()
              + ": "
              + percent(evaluation.meanOfSpeakers(group.corpus(), group.kind())),
          evaluation
              .worst(group.corpus(), group.kind())
              .map(worst -> worst.speaker() + " " + percent(worst.tally().rightShare()))
              .orElse(""));
    }
    row(text, "all", Tally.of(evaluation.digits()));
    Tally test = evaluation.officialTest();
    if (test.recordings() > 0) {
      row(text, "official test of FSDD", test);
    }
    for (Evaluation.Group group : corpora) {
      List<Evaluation.Group> speakers = evaluation.speakers(group.corpus(), group.kind());
      if (speakers.size() > 1 && speakers.size() <= MOST_SPEAKERS) {
        line(
            text,
            "  %s: %s",
            group.corpus(),
            speakers.stream()
                .map(speaker -> speaker.speaker() + " " + percent(speaker.tally().rightShare()))
                .collect(Collectors.joining(", ")));
      }
    }
  }

  private static void row(StringBuilder text, String name, Tally tally) {
    line(
        text,
        "%-24s %10d %8s %13s",
        name,
        tally.recordings(),
        percent(tally.rightShare()),
        percent(tally.rightAtThresholdShare()));
  }

  private static void otherWords(StringBuilder text, Evaluation evaluation) {
    List<Evaluation.Group> corpora =
        evaluation.byCorpus().stream()
            .filter(group -> group.kind() == Utterance.Kind.OTHER_WORDS)
            .toList();
    if (corpora.isEmpty()) {
      return;
    }
    line(
        text,
        "%n%-24s %10s %8s   %s",
        "other words",
        "recordings",
        "taken",
        "for a digit, at the threshold");
    for (Evaluation.Group group : corpora) {
      line(
          text,
          "%-24s %10d %8s",
          group.corpus(),
          group.tally().recordings(),
          percent(group.tally().heardAnythingShare()));
    }
    Tally all = Tally.of(evaluation.otherWords());
    line(text, "%-24s %10d %8s", "all", all.recordings(), percent(all.heardAnythingShare()));
  }

  private static void sentences(StringBuilder text, Evaluation evaluation) {
    evaluation
        .digitStrings()
        .forEach((corpus, score) -> strings(text, corpus, "strings of digits", score));
    evaluation
        .sentences()
        .forEach((corpus, score) -> strings(text, corpus, "sentences with other words", score));
  }

  private static void strings(StringBuilder text, String corpus, String what, DigitScore score) {
    line(
        text,
        "%n%s, %s: %d, %s without a mistake; digit error rate %s"
            + " (%d digits: %d substituted, %d inserted, %d missed)",
        corpus,
        what,
        score.strings(),
        percent(1 - score.stringErrorRate()),
        percent(score.digitErrorRate()),
        score.digits(),
        score.substitutions(),
        score.insertions(),
        score.deletions());
  }

  private static void operatingPoint(StringBuilder text, Evaluation evaluation) {
    if (evaluation.digits().isEmpty() || evaluation.otherWords().isEmpty()) {
      return;
    }
    operatingPoint(text, "recordings counted alike", evaluation.operatingCurve());
    Optional<Double> threshold =
        boxed(evaluation.operatingCurve().thresholdFinding(Evaluation.FOUND_SHARE));
    threshold.ifPresent(
        at ->
            line(
                text,
                "  taken there, by corpus: %s",
                byCorpus(evaluation, corpus -> evaluation.operatingCurve(corpus).taken(at))));
    threshold.ifPresent(
        at ->
            line(
                text,
                "  found there, by corpus: %s",
                byCorpus(evaluation, corpus -> evaluation.operatingCurve(corpus).found(at))));
    operatingPoint(text, "corpora counted alike", evaluation.balancedOperatingCurve());
  }

  private static void operatingPoint(StringBuilder text, String how, OperatingCurve curve) {
    OptionalDouble threshold = curve.thresholdFinding(Evaluation.FOUND_SHARE);
    if (threshold.isPresent()) {
      line(
          text,
          "%n%.0f %% of the digits are found at threshold %.3f, where %s of the other words are"
              + " taken for a digit (%s)",
          100 * Evaluation.FOUND_SHARE,
          threshold.getAsDouble(),
          percent(curve.taken(threshold.getAsDouble())),
          how);
    } else {
      line(
          text,
          "%n%.0f %% of the digits are not found at any threshold: even 0 finds %s (%s)",
          100 * Evaluation.FOUND_SHARE,
          percent(curve.found(0)),
          how);
    }
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  /** Of a share in each corpus that has one. */
  private static String byCorpus(Evaluation evaluation, ToDoubleFunction<String> share) {
    return evaluation.answers().stream()
        .map(Answer::corpus)
        .distinct()
        .sorted()
        .filter(corpus -> !Double.isNaN(share.applyAsDouble(corpus)))
        .map(corpus -> corpus + " " + percent(share.applyAsDouble(corpus)))
        .collect(Collectors.joining(", "));
  }

  private static void noise(StringBuilder text, Evaluation evaluation) {
    if (evaluation.noise().isEmpty()) {
      return;
    }
    line(text, "%n%-24s %10s %8s %13s", "in noise", "recordings", "right", "at threshold");
    evaluation
        .noise()
        .forEach(
            (level, tally) ->
                row(
                    text,
                    level == Answer.CLEAN ? "none" : String.format(Locale.ROOT, "%.0f dB", level),
                    tally));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
