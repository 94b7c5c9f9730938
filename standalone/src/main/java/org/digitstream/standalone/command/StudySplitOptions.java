package org.digitstream.standalone.command;

import org.digitstream.training.study.SplitKind;
import picocli.CommandLine.Option;

/** Which part is trained on. */
final class StudySplitOptions {
  @Option(
      names = "--split",
      paramLabel = "random|speaker|fsdd",
      defaultValue = "random",
      description =
          "random: 9:1 as in the study; speaker: whole speakers are tested on; fsdd: takes 0 to 4 are"
              + " (default: ${DEFAULT-VALUE}).")
  private SplitKind kind;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Of everything random: the same seed gives the same bits (default: ${DEFAULT-VALUE}).")
  private long seed;

  SplitKind kind() {
    return kind;
  }

  long seed() {
    return seed;
  }
}
