package org.digitstream.standalone.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.digitstream.contract.Topics;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.GroupLag;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.console.PlainText;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.upkeep.StreamRemoval;
import org.digitstream.standalone.upkeep.TopicRetention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream streams delete}. */
@Command(
    name = "delete",
    description =
        "Removes the records of one stream, as far as Kafka can: it removes the beginning of a"
            + " partition, never something from its middle. So only what nothing older of others"
            + " lies before goes alone; with --with-older what is older goes, too. Says what stays,"
            + " and until when. What is removed cannot be read any more at once; its bytes leave the"
            + " broker's disk with the file that they are in.",
    footer = {
      "  digitstream streams delete 7f3c0a12 --dry-run",
      "  digitstream streams delete 7f3c0a12",
      "  digitstream streams delete 7f3c0a12 --with-older",
      "",
      "Exit codes: 0 nothing of it can be read any more, 1 something stays, 2 the command line was"
          + " wrong."
    })
final class StreamsDeleteCommand extends DigitstreamCommand {
  /** A broker looks for files to delete every 5 minutes, and deletes them a minute later. */
  private static final Duration BROKER_DELAY = Duration.ofMinutes(6);

  @Mixin private ClusterOptions cluster;

  @Parameters(paramLabel = "ID", description = "The stream, as 'streams list' shows it.")
  private String id;

  @Option(
      names = "--with-older",
      description =
          "Also remove what is older in the same partitions, of whatever stream (default: only"
              + " what can go alone).")
  private boolean withOlder;

  @Option(
      names = "--running",
      description =
          "Even if the stream has not ended, or the services have not read it yet (default: refuse).")
  private boolean running;

  @Option(names = "--dry-run", description = "Only say what would be removed (default: remove it).")
  private boolean dryRun;

  StreamsDeleteCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    KafkaConnection connection = cluster.reachable(this);
    StreamRemoval.Plan plan;
    StreamRemoval removal;
    try (ProgressBar bar = surroundings.progressBar()) {
      removal = new StreamRemoval(connection, DeadLettersListCommand.bar(bar, surroundings));
      plan = removal.plan(id);
    }
    if (plan.parts().isEmpty()) {
      throw new CommandFailure(
          "no topic of "
              + connection.bootstrapServers()
              + " keeps a record of the stream "
              + PlainText.of(id, 60)
              + ": digitstream streams list");
    }
    if (!running && !dryRun) {
      requireOver(connection, plan);
    }
    if (!dryRun) {
      removal.remove(plan, withOlder);
    }
    return tell(connection, plan, surroundings);
  }

  private void requireOver(KafkaConnection connection, StreamRemoval.Plan plan)
      throws BrokerUnreachableException, InterruptedException {
    long silentMillis = System.currentTimeMillis() - plan.newestMillis();
    if (!plan.ended() && silentMillis < FeatureService.DEFAULT_IDLE.toMillis()) {
      throw new CommandFailure(
          "the stream "
              + PlainText.of(id, 60)
              + " has not ended; its newest record is "
              + silentMillis / 1000
              + " s old. End it first, or wait until it was silent for "
              + FeatureService.DEFAULT_IDLE.toMinutes()
              + " minutes, or say --running");
    }
    requireRead(connection, plan, FeatureService.APPLICATION_ID, Topics.AUDIO_CHUNKS);
    requireRead(connection, plan, InferenceService.APPLICATION_ID, Topics.LOG_MEL_FRAMES);
  }

  /** What a service has not read yet would be lost to it, of whatever stream. */
  private void requireRead(
      KafkaConnection connection, StreamRemoval.Plan plan, String group, String topic)
      throws BrokerUnreachableException, InterruptedException {
    if (plan.parts().stream().noneMatch(part -> part.place().topic().equals(topic))) {
      return;
    }
    try (GroupLag lag = new GroupLag(connection, group)) {
      long unread =
          lag.of(topic).entrySet().stream()
              .filter(
                  entry ->
                      plan.parts().stream().anyMatch(part -> part.place().equals(entry.getKey())))
              .mapToLong(Map.Entry::getValue)
              .sum();
      if (unread > 0) {
        throw new CommandFailure(
            group
                + " has still to read "
                + unread
                + " records beside this stream's in "
                + topic
                + ". Let it catch up, or say --running");
      }
    }
  }

  private int tell(KafkaConnection connection, StreamRemoval.Plan plan, Surroundings surroundings)
      throws Exception {
    Map<String, TopicRetention> retentions =
        TopicRetention.of(
            connection,
            plan.parts().stream().map(part -> part.place().topic()).collect(Collectors.toSet()));
    long stay = 0;
    for (StreamRemoval.Part part : plan.parts()) {
      long removed = withOlder ? part.records() : part.removable();
      long left = part.records() - removed;
      stay += left;
      surroundings
          .out()
          .println(
              part.place()
                  + ": "
                  + (dryRun ? "would remove " : "removed ")
                  + removed
                  + " of "
                  + part.records()
                  + (withOlder && part.othersBefore() > 0
                      ? ", with " + part.othersBefore() + " older ones of others"
                      : "")
                  + (left == 0 ? "" : "; " + left + " stay" + until(part, retentions)));
    }
    if (withOlder && !plan.otherStreams().isEmpty()) {
      surroundings
          .out()
          .println(
              plan.otherStreams().size()
                  + (dryRun ? " other streams would lose" : " other streams lost")
                  + " records: "
                  + plan.otherStreams().stream()
                      .sorted()
                      .limit(10)
                      .map(other -> PlainText.of(other, 40))
                      .collect(Collectors.joining(", "))
                  + (plan.otherStreams().size() > 10 ? ", ..." : ""));
    }
    if (stay > 0) {
      surroundings
          .out()
          .println(
              "what stays lies behind older records of others: Kafka removes the beginning of a"
                  + " partition only. --with-older removes these, too.");
    }
    surroundings
        .out()
        .println(
            "what the services remember of the stream (at most 2 KB of audio, and frames of about"
                + " a second) they forget 15 minutes after its last record; the logs behind their"
                + " memory are compacted later. See docs/RELIABILITY.md, Privacy.");
    return stay == 0 ? SUCCEEDED : FAILED;
  }

  private static String until(StreamRemoval.Part part, Map<String, TopicRetention> retentions) {
    return retentions
        .get(part.place().topic())
        .atMost()
        .map(
            most ->
                " until "
                    + Instant.ofEpochMilli(part.newestMillis())
                        .plus(most)
                        .plus(BROKER_DELAY)
                        .truncatedTo(ChronoUnit.SECONDS)
                    + " at the latest")
        .orElse(" for ever, since the topic has no retention");
  }
}
