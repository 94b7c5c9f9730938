package org.digitstream.standalone.command;

import java.time.Duration;
import org.digitstream.contract.utterance.UtteranceGrouper;
import picocli.CommandLine.Option;

/** Which digits are one utterance. */
final class UtteranceOption {
  @Option(
      names = "--utterance-pause",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "A longer pause between two digits ends a string of digits, such as 700ms or 1s"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration pause;

  Duration pause(DigitstreamCommand command) {
    if (pause.compareTo(UtteranceGrouper.LEAST_PAUSE) < 0
        || pause.compareTo(UtteranceGrouper.MOST_PAUSE) > 0) {
      throw command.wrongUsage(
          "--utterance-pause " + pause.toMillis() + "ms is not within 1ms..10m");
    }
    return pause;
  }
}
