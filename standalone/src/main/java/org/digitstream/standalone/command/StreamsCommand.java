package org.digitstream.standalone.command;

import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine.Command;

/** {@code digitstream streams}. */
@Command(
    name = "streams",
    description =
        "Shows and removes what the topics keep of each stream, that is of each speaker's session."
            + " How long audio is kept is set by --audio-retention where its topic is created (1h"
            + " unless told otherwise).",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "  digitstream streams list                     who is kept, and for how long already",
      "  digitstream streams delete ID --dry-run      what could be removed of one",
      "  digitstream help streams                     what can be done"
    })
final class StreamsCommand extends DigitstreamCommand {
  StreamsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) {
    throw wrongUsage("say what to do, such as: digitstream streams list");
  }
}
