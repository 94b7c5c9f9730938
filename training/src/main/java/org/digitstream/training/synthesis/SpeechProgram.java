package org.digitstream.training.synthesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An executable that is run with a time limit.
 *
 * @param executable where it is
 * @param scratch an existing folder for what it prints
 * @param timeout after which it is ended
 */
record SpeechProgram(Path executable, Path scratch, Duration timeout) {
  private static final int MOST_OF_A_MESSAGE = 300;

  /**
   * Runs it to its end.
   *
   * @return what it printed, on both of its outputs
   * @throws SynthesisException where it cannot be started, fails or takes too long
   */
  String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(arguments);
    // Into a file: a full pipe that nobody reads would stop the program for ever.
    Path printed = Files.createTempFile(scratch, "printed", ".txt");
    try {
      Process process = start(command, printed);
      try {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new SynthesisException(
              String.join(" ", command) + ": did not end within " + timeout.toSeconds() + " s");
        }
      } finally {
        process.destroyForcibly();
      }
      String output = Files.readString(printed, StandardCharsets.ISO_8859_1);
      if (process.exitValue() != 0) {
        throw new SynthesisException(
            String.join(" ", command)
                + ": exit code "
                + process.exitValue()
                + ": "
                + output.substring(0, Math.min(MOST_OF_A_MESSAGE, output.length())).strip());
      }
      return output;
    } finally {
      Files.deleteIfExists(printed);
    }
  }

  private static Process start(List<String> command, Path printed) throws SynthesisException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new SynthesisException(command.get(0) + " cannot be started: " + e.getMessage(), e);
    }
  }
}
