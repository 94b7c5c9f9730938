package org.digitstream.standalone.command;

import java.nio.file.Path;
import org.digitstream.inference.model.ModelBundle;
import picocli.CommandLine.Option;

/** Which model recognizes. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model (default: the one that comes with the program).")
  private Path file;

  /**
   * The model.
   *
   * @throws org.digitstream.inference.model.ModelException if it cannot be read
   */
  ModelBundle load() {
    return file == null ? ModelBundle.bundled() : ModelBundle.read(file);
  }
}
