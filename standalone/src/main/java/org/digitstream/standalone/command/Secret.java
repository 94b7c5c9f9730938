package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A secret from a file or from the environment. Never from the command line, which every user of
 * the machine may read.
 */
final class Secret {
  private static final long MOST_BYTES = 4_096;

  private Secret() {}

  /**
   * The secret, without space around it; nothing where none was given.
   *
   * @param variable the environment variable; one that is blank is not given
   * @param option the option that names the file
   * @param file null where the option was not given
   * @throws IOException where the file cannot be read
   * @throws CommandFailure where it is given twice, or the file is empty or no secret
   */
  static Optional<String> read(
      Map<String, String> environment, String variable, String option, Path file)
      throws IOException, CommandFailure {
    String given = environment.getOrDefault(variable, "").strip();
    if (file == null) {
      return given.isEmpty() ? Optional.empty() : Optional.of(given);
    }
    if (!given.isEmpty()) {
      throw new CommandFailure("both " + option + " and " + variable + " are given; keep one");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new CommandFailure(file + " (" + option + ") is too large for a secret");
    }
    String read = Files.readString(file).strip();
    if (read.isEmpty()) {
      throw new CommandFailure(file + " (" + option + ") is empty; write the secret into it");
    }
    return Optional.of(read);
  }
}
