package org.digitstream.standalone.command;

import java.time.Duration;
import java.util.Set;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine.Option;

/** How topics are created that are missing. */
final class TopicOptions {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Partitions of the topics, if they have to be created (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--audio-retention",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description =
          "How long audio is kept, if its topic has to be created, such as 90s, 30m or 7d (default:"
              + " ${DEFAULT-VALUE}). What is computed from it is never kept longer, dead letters and"
              + " the digits themselves are.")
  private Duration audioRetention;

  @Option(
      names = "--dead-letter-retention",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description =
          "How long records that could not be used are kept, audio among them, if their topics have"
              + " to be created (default: ${DEFAULT-VALUE}).")
  private Duration deadLetterRetention;

  /**
   * Creates what is missing, and tells what is not as asked for.
   *
   * @param needed the topics without which the command is of no use; others are left alone where
   *     the user may not see or create them
   */
  void provision(
      DigitstreamCommand command,
      KafkaConnection connection,
      Set<String> needed,
      Surroundings surroundings)
      throws BrokerUnreachableException, InterruptedException {
    if (partitions < 1 || partitions > 1000) {
      throw command.wrongUsage("--partitions " + partitions + " is not within 1..1000");
    }
    if (audioRetention.toMillis() < 1000) {
      throw command.wrongUsage("--audio-retention must be at least 1s");
    }
    if (deadLetterRetention.toMillis() < 1000) {
      throw command.wrongUsage("--dead-letter-retention must be at least 1s");
    }
    new TopicProvisioner(connection)
        .provision(
            Topics.definitions(partitions, audioRetention, deadLetterRetention), needed, TIMEOUT)
        .warnings()
        .forEach(warning -> surroundings.err().println("note: " + warning));
  }
}
