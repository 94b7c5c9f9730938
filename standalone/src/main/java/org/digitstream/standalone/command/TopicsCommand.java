package org.digitstream.standalone.command;

import java.time.Duration;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.rights.ServiceRights;
import org.digitstream.standalone.upkeep.TopicRetention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream topics}. */
@Command(
    name = "topics",
    description =
        "Creates the topics that are missing, says how long each keeps its records, and ends. Every"
            + " service creates them, too; this is for whoever wants to decide about partitions, and"
            + " about how long audio is kept, before the first one starts. Topics that exist are left"
            + " as they are.",
    footer = {
      "  digitstream topics --bootstrap-servers kafka:9092 --partitions 6",
      "  digitstream topics --audio-retention 7d",
      "  digitstream topics acls                      what each service has to be allowed"
    })
final class TopicsCommand extends DigitstreamCommand {
  @Mixin private ClusterOptions cluster;
  @Mixin private TopicOptions topics;

  TopicsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    KafkaConnection connection = cluster.reachable(this);
    topics.provision(this, connection, ServiceRights.OPERATOR.topics(), surroundings);
    surroundings
        .out()
        .println("the topics are there (broker " + connection.bootstrapServers() + ")");
    TopicRetention.of(
            connection,
            Topics.definitions(1, Topics.DEFAULT_AUDIO_RETENTION).stream()
                .map(Topics.Definition::name)
                .toList())
        .forEach((topic, kept) -> surroundings.out().println("  " + topic + kept(kept)));
    return SUCCEEDED;
  }

  private static String kept(TopicRetention kept) {
    return kept.retention()
        .map(
            retention ->
                " keeps records for "
                    + text(retention)
                    + ", at most "
                    + text(kept.segment())
                    + " longer")
        .orElse(" keeps records for ever");
  }

  private static String text(Duration time) {
    long seconds = time.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    } else if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    } else if (seconds % 60 == 0) {
      return seconds / 60 + "m";
    }
    return seconds + "s";
  }
}
