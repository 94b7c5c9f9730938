package org.digitstream.standalone.command;

import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.rights.ServiceRights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream topics}. */
@Command(
    name = "topics",
    description =
        "Creates the topics that are missing, and ends. Every service does so, too; this is for"
            + " whoever wants to decide about partitions before the first one starts.",
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
    return SUCCEEDED;
  }
}
