package org.digitstream.standalone.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What {@code evaluate --stream} can be told. */
final class StreamOptions {
  @Option(
      names = "--stream",
      description =
          "Recognize strings instead of single recordings: the corpora's own strings of digits, strings"
              + " composed of everybody's single digits, clean and at --noise-levels, other words, and"
              + " noise, each as a stream. Writes stream.json, stream-answers.jsonl and stream-curve.png"
              + " into -o. With --merge, puts together what was heard by several models.")
  private boolean wanted;

  @Option(
      names = "--strings",
      defaultValue = "40",
      paramLabel = "N",
      description = "With --stream: strings of each person, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int strings;

  @Option(
      names = "--choose-threshold",
      description =
          "With --stream --merge: choose the threshold of each fold by the others alone, the one with"
              + " the fewest digit errors that takes few enough other words (default: the models'"
              + " own thresholds).")
  private boolean chooseThreshold;

  @Option(
      names = "--other-words-at-most",
      defaultValue = "3",
      paramLabel = "PERCENT",
      description =
          "With --choose-threshold: how many of the others' other words it may take for digits, 0 to 100"
              + " (default: ${DEFAULT-VALUE}).")
  private double otherWordsPercent;

  @Option(
      names = "--passages",
      paramLabel = "FOLDER",
      description =
          "With --stream: also write what is listened to, as WAV files and passages.jsonl with the truth"
              + " (default: no). With --score: where that is.")
  private Path passages;

  @Option(
      names = "--score",
      paramLabel = "FILE.jsonl",
      description =
          "With --stream and --passages, instead of PATH: score what another recognizer heard in these"
              + " passages (default: the model listens).")
  private Path answers;

  /** Whether streams are to be evaluated. */
  boolean wanted() {
    return wanted;
  }

  /** How many strings of each person. */
  int strings() {
    return strings;
  }

  /** Whether thresholds are chosen by other folds. */
  boolean chooseThreshold() {
    return chooseThreshold;
  }

  /** The largest share of other words that a chosen threshold may take. */
  double mostTaken() {
    return otherWordsPercent / 100;
  }

  /** Where passages are written or lie; null for nowhere. */
  Path passages() {
    return passages;
  }

  /** What another recognizer heard; null for none. */
  Path answers() {
    return answers;
  }

  /**
   * Checks that the options go together.
   *
   * @param command that was given them
   * @param merge whether {@code --merge} was given
   */
  void require(DigitstreamCommand command, boolean merge) {
    if (!wanted && (chooseThreshold || passages != null || answers != null)) {
      throw command.wrongUsage("--choose-threshold, --passages and --score go with --stream");
    }
    if (chooseThreshold && !merge) {
      throw command.wrongUsage(
          "--choose-threshold chooses by other folds: it goes with --stream --merge");
    }
    if (answers != null && (passages == null || merge)) {
      throw command.wrongUsage("--score goes with --passages and without --merge");
    }
    if (merge && passages != null) {
      throw command.wrongUsage("--merge has no passages to write");
    }
    if (strings < 1 || strings > 1000) {
      throw command.wrongUsage("--strings " + strings + " is not within 1..1000");
    }
    if (!(otherWordsPercent >= 0 && otherWordsPercent <= 100)) {
      throw command.wrongUsage(
          "--other-words-at-most " + otherWordsPercent + " is not within 0..100");
    }
  }
}
