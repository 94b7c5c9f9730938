package org.digitstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.digitstream.standalone.command.CommandTree;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.process.Termination;
import picocli.CommandLine;

/**
 * A run of the command line in this process.
 *
 * @param exitCode what the process would have ended with
 * @param out what was printed
 * @param err what was told
 */
public record Program(int exitCode, String out, String err) {
  /** What was told without the progress, which a slow machine is told of. */
  public String complaints() {
    return err.lines().filter(line -> !line.matches("\\d+ % .*")).collect(Collectors.joining("\n"));
  }

  public static Program run(String... arguments) {
    return run(new Termination(), arguments);
  }

  public static Program run(Map<String, String> environment, String... arguments) {
    return run(environment, new Termination(), CommandTree::of, arguments);
  }

  public static Program run(Termination termination, String... arguments) {
    return run(Map.of(), termination, CommandTree::of, arguments);
  }

  public static Program run(
      Map<String, String> environment,
      Termination termination,
      Function<Surroundings, CommandLine> commands,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        commands
            .apply(
                new Surroundings(
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(err, true, UTF_8),
                    false,
                    false,
                    environment,
                    termination))
            .execute(arguments);
    return new Program(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
