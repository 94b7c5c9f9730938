package org.digitstream.standalone.command;

import java.util.concurrent.Callable;
import org.digitstream.standalone.console.Logs;
import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    footerHeading = "%nExamples:%n")
abstract class DigitstreamCommand implements Callable<Integer> {
  static final int SUCCEEDED = 0;
  static final int FAILED = 1;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      description = "Also show what happens inside.")
  private boolean verbose;

  @Option(
      names = "--stacktrace",
      description = "Show where in the program an error came from (also: DIGITSTREAM_DEBUG=1).")
  private boolean stacktrace;

  DigitstreamCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() throws Exception {
    Logs.show(verbose);
    return run(surroundings);
  }

  /**
   * Does the work.
   *
   * @return {@link #SUCCEEDED} or {@link #FAILED}
   * @throws Exception whose message is for people; see {@link ErrorMessages}
   */
  abstract int run(Surroundings surroundings) throws Exception;

  boolean wantsStacktrace() {
    return stacktrace || surroundings.environment().containsKey("DIGITSTREAM_DEBUG");
  }

  /** The exception for a wrong command line. */
  ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * Checks an option's value.
   *
   * @throws ParameterException quoting it, where it is out of its bounds
   */
  void requireWithin(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrongUsage(option + " " + value + " is not within " + least + ".." + most);
    }
  }
}
