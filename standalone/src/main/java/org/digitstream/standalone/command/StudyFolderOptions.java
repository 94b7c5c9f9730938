package org.digitstream.standalone.command;

import java.nio.file.Path;
import org.digitstream.training.study.StudyFolder;
import picocli.CommandLine.Option;

/** Where the steps of the study leave their results. */
final class StudyFolderOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Where the steps leave their results; finished ones are not done again.")
  private Path folder;

  @Option(
      names = "--overwrite",
      description =
          "Make results anew that are there with other settings, instead of refusing (default: no).")
  private boolean overwrite;

  /** The folder, ready to be written into. */
  StudyFolder open() {
    return new StudyFolder(folder, overwrite);
  }

  /**
   * The folder, if there is room in it.
   *
   * @throws CommandFailure saying what is in the way
   */
  StudyFolder open(Preflight preflight, long bytes) {
    preflight.requireFolder(folder, bytes);
    return open();
  }
}
