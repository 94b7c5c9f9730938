package org.digitstream.standalone.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command {@code digitstream} with all that it can do. */
@Command(
    name = "digitstream",
    description = "Recognizes spoken English digits in a stream, in real time.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "  digitstream demo                         hear a recording and see its digits",
      "  digitstream serve                        see it in a browser, and speak into it",
      "  digitstream live                         speak into the microphone",
      "  digitstream replay recordings/           recognize and score WAV files",
      "  digitstream help replay                  all about one command",
      "",
      "Exit codes: 0 succeeded, 1 failed, 2 the command line was wrong."
    })
public final class CommandTree extends DigitstreamCommand {
  private CommandTree(Surroundings surroundings) {
    super(surroundings);
  }

  /** The command line, to be executed once. */
  public static CommandLine of(Surroundings surroundings) {
    return of(surroundings, Preflight.OF_THIS_MACHINE);
  }

  static CommandLine of(Surroundings surroundings, Preflight preflight) {
    CommandLine tree =
        new CommandLine(new CommandTree(surroundings))
            .addSubcommand(new DemoCommand(surroundings))
            .addSubcommand(new ServeCommand(surroundings))
            .addSubcommand(new LiveCommand(surroundings))
            .addSubcommand(new ReplayCommand(surroundings))
            .addSubcommand(new IngestCommand(surroundings))
            .addSubcommand(new FeaturesCommand(surroundings))
            .addSubcommand(new InferenceCommand(surroundings))
            .addSubcommand(new EventsCommand(surroundings))
            .addSubcommand(new PageCommand(surroundings))
            .addSubcommand(train(surroundings, preflight))
            .addSubcommand(new EvaluateCommand(surroundings))
            .addSubcommand(new ExplainCommand(surroundings))
            .addSubcommand(new SpectrogramCommand(surroundings))
            .addSubcommand(
                new CommandLine(new TopicsCommand(surroundings))
                    .addSubcommand(new AclsCommand(surroundings)))
            .addSubcommand(deadLetters(surroundings))
            .addSubcommand(streams(surroundings))
            .addSubcommand(new BrokerCommand(surroundings))
            .addSubcommand(
                new CommandLine(new CapacityCommand(surroundings, preflight))
                    .addSubcommand(new LongRunCommand(surroundings)))
            .addSubcommand(new DoctorCommand(surroundings))
            .addSubcommand(new CommandLine.HelpCommand());
    return tree.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(surroundings.coloured() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageMessages())
        .setExecutionExceptionHandler(new ErrorMessages());
  }

  private static CommandLine deadLetters(Surroundings surroundings) {
    return new CommandLine(new DeadLettersCommand(surroundings))
        .addSubcommand(new DeadLettersListCommand(surroundings))
        .addSubcommand(new DeadLettersReplayCommand(surroundings));
  }

  private static CommandLine streams(Surroundings surroundings) {
    return new CommandLine(new StreamsCommand(surroundings))
        .addSubcommand(new StreamsListCommand(surroundings))
        .addSubcommand(new StreamsDeleteCommand(surroundings));
  }

  private static CommandLine train(Surroundings surroundings, Preflight preflight) {
    return new CommandLine(new TrainCommand(surroundings, preflight))
        .addSubcommand(new SynthesizeCommand(surroundings, preflight))
        .addSubcommand(new TrainStartsCommand(surroundings, preflight))
        .addSubcommand(new TrainStudyCommand(surroundings, preflight))
        .addSubcommand(new TrainSpectrogramsCommand(surroundings, preflight))
        .addSubcommand(new TrainSplitCommand(surroundings))
        .addSubcommand(new TrainClassifyCommand(surroundings))
        .addSubcommand(new TrainAutoencodeCommand(surroundings))
        .addSubcommand(new TrainReportCommand(surroundings))
        .addSubcommand(new TrainExportCommand(surroundings, preflight));
  }

  @Override
  int run(Surroundings surroundings) {
    throw wrongUsage("say what to do, such as: digitstream demo");
  }
}
