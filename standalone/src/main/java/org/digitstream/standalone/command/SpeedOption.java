package org.digitstream.standalone.command;

import org.digitstream.ingest.source.Pacing;
import picocli.CommandLine.Option;

/** How fast recordings are streamed. */
final class SpeedOption {
  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      defaultValue = "max",
      description =
          "realtime, as a microphone would; max, as fast as it goes; or a number of times real time"
              + " (default: ${DEFAULT-VALUE}).")
  private String speed;

  Pacing pacing(DigitstreamCommand command) {
    try {
      return Pacing.parse(speed);
    } catch (IllegalArgumentException e) {
      throw command.wrongUsage("--speed: " + e.getMessage());
    }
  }
}
