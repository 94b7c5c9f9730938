package org.digitstream.standalone;

import java.util.Map;
import org.digitstream.standalone.command.CommandTree;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.process.Termination;

/** The program {@code digitstream}: see {@code digitstream --help}. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and exits: 0 if it succeeded, 1 if it failed, 2 if the command line was wrong.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    Termination termination = new Termination();
    termination.install();
    Surroundings surroundings = Surroundings.ofProcess(Map.copyOf(System.getenv()), termination);
    int exitCode = CommandTree.of(surroundings).execute(arguments);
    termination.finished(exitCode);
    System.exit(exitCode);
  }
}
