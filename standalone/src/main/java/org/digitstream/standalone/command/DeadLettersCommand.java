package org.digitstream.standalone.command;

import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine.Command;

/** {@code digitstream dead-letters}. */
@Command(
    name = "dead-letters",
    description =
        "Looks after records that could not be used. A service puts such a record aside, to the"
            + " topic <topic>-dead-letters, and goes on; it lies there for 7 days, with the reason"
            + " and the place that it came from.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "  digitstream dead-letters list                      what lies there, and why",
      "  digitstream dead-letters replay --all --dry-run    what would go back",
      "  digitstream help dead-letters                      what can be done"
    })
final class DeadLettersCommand extends DigitstreamCommand {
  DeadLettersCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) {
    throw wrongUsage("say what to do, such as: digitstream dead-letters list");
  }
}
