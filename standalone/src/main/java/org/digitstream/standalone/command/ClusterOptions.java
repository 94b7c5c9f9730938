package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;
import picocli.CommandLine.Option;

/** Which brokers to talk to, and how. */
final class ClusterOptions {
  /** A broker that has not answered by then is told to be unreachable. */
  static final Duration REACH_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Where the Kafka brokers are; several are separated by commas.")
  private String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "A properties file with any Kafka client settings, such as TLS and SASL.")
  private Path kafkaConfig;

  /** Whether brokers were named. */
  boolean isGiven() {
    return bootstrapServers != null;
  }

  /** The brokers that were named, or the one in this process. */
  String where() {
    return bootstrapServers == null ? "embedded broker" : bootstrapServers;
  }

  /** How to reach the brokers that were named, or else those on this machine. */
  KafkaConnection connection(DigitstreamCommand command) throws IOException {
    String servers =
        bootstrapServers == null ? KafkaConnection.DEFAULT_BOOTSTRAP_SERVERS : bootstrapServers;
    try {
      return kafkaConfig == null
          ? KafkaConnection.to(servers)
          : KafkaConnection.to(servers, kafkaConfig);
    } catch (IllegalArgumentException e) {
      throw command.wrongUsage(e.getMessage());
    }
  }

  /** The same once a broker has answered. */
  KafkaConnection reachable(DigitstreamCommand command)
      throws IOException, BrokerUnreachableException, InterruptedException {
    KafkaConnection connection = connection(command);
    connection.checkReachable(REACH_TIMEOUT);
    return connection;
  }
}
