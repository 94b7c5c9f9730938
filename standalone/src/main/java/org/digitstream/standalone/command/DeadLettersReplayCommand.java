package org.digitstream.standalone.command;

import java.util.List;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.upkeep.DeadLetterTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream dead-letters replay}. */
@Command(
    name = "replay",
    description =
        "Sends records that were put aside back to the partitions that they came from, unchanged but"
            + " for headers that count how often that was done. For when what was wrong has been"
            + " mended, such as a service with the wrong model. A record that fails again lies among"
            + " the dead letters again, with its count; of such letters only the newest is sent. The"
            + " letters stay until their time is over: what was used meanwhile and is sent again is"
            + " dropped as a repetition.",
    footer = {
      "  digitstream dead-letters replay --all --dry-run",
      "  digitstream dead-letters replay --topic log-mel-frames --reason feature-spec-mismatch",
      "  digitstream dead-letters replay --topic audio-chunks --offset 17 --offset 18",
      "",
      "Exit codes: 0 all that were chosen went back, 1 some did not, 2 the command line was wrong."
    })
final class DeadLettersReplayCommand extends DigitstreamCommand {
  @Mixin private ClusterOptions cluster;
  @Mixin private DeadLetterChoice choice;

  @Option(names = "--all", description = "All letters (default: a choice is needed).")
  private boolean all;

  @Option(
      names = "--most-replays",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Leave records that were sent back N times already (default: ${DEFAULT-VALUE}).")
  private long mostReplays;

  @Option(
      names = "--dry-run",
      description = "Only say how many would go back (default: send them).")
  private boolean dryRun;

  DeadLettersReplayCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (all == choice.isGiven()) {
      throw wrongUsage(
          all
              ? "--all and a choice of letters contradict each other"
              : "say which letters: --topic, --reason, --offset, or --all");
    }
    if (mostReplays < 1) {
      throw wrongUsage("--most-replays " + mostReplays + " is less than 1");
    }
    List<String> origins = choice.origins(this);
    var wanted = choice.letters(this);
    KafkaConnection connection = cluster.reachable(this);
    DeadLetterTopics.Outcome outcome;
    try (ProgressBar bar = surroundings.progressBar()) {
      outcome =
          new DeadLetterTopics(connection, DeadLettersListCommand.bar(bar, surroundings))
              .replay(origins, wanted, mostReplays, dryRun);
    }
    surroundings
        .out()
        .println(
            (dryRun ? "would go back: " : "sent back: ")
                + outcome.sent()
                + " of "
                + (outcome.sent() + outcome.left()));
    for (String origin : DeadLetterTopics.ORIGINS) {
      Long sent = outcome.sentByTopic().get(origin);
      if (sent != null) {
        surroundings.out().println("  " + sent + " to " + origin);
      }
    }
    outcome
        .leftByReason()
        .forEach((why, count) -> surroundings.out().println("  " + count + " stay: " + why));
    if (outcome.superseded() > 0) {
      surroundings
          .out()
          .println(
              "  "
                  + outcome.superseded()
                  + " older letters of records that failed again count for nothing");
    }
    if (outcome.sent() + outcome.left() + outcome.superseded() == 0) {
      surroundings.out().println("  there are no such letters");
    } else if (!dryRun && outcome.sent() > 0) {
      surroundings
          .out()
          .println("what fails again is a dead letter again: digitstream dead-letters list");
    }
    return outcome.left() == 0 ? SUCCEEDED : FAILED;
  }
}
