package org.digitstream.standalone.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.digitstream.standalone.process.Termination;

/**
 * What a command finds around it.
 *
 * @param out results go here
 * @param err notes, progress and errors go here
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param errIsTerminal whether a person sees {@code err} as it is written
 * @param environment the environment variables
 * @param termination tells when to end
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    Termination termination) {

  /**
   * Where the launcher tells which of {@code out} and {@code err} are terminals, separated by
   * commas: Java itself cannot tell one from the other.
   */
  static final String TERMINALS = "digitstream.terminals";

  /** Those of this process. */
  public static Surroundings ofProcess(Map<String, String> environment, Termination termination) {
    String terminals = System.getProperty(TERMINALS, "");
    return new Surroundings(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        names(terminals, "out"),
        names(terminals, "err"),
        environment,
        termination);
  }

  /** Whatever the locale: terminals have understood it for long, and JSON is nothing else. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static boolean names(String terminals, String one) {
    return Arrays.asList(terminals.split(",", -1)).contains(one);
  }

  /** Whether results are to be coloured: only for a person, and not if they said no. */
  public boolean coloured() {
    return outIsTerminal && !environment.containsKey("NO_COLOR");
  }

  /** A progress bar on {@code err}. */
  public ProgressBar progressBar() {
    return new ProgressBar(err, errIsTerminal, System::nanoTime);
  }
}
