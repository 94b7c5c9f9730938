package org.digitstream.standalone.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a broker that one program has for itself: one node that is broker and controller,
 * on loopback, with few threads and small buffers, so that it takes little memory.
 *
 * @param brokerPort port that clients connect to, 1 to 65535
 * @param controllerPort port of the controller, 1 to 65535
 * @param dataFolder where the logs lie
 */
record BrokerSettings(int brokerPort, int controllerPort, Path dataFolder) {
  static final int NODE_ID = 1;
  static final String CLIENT_LISTENER = "PLAINTEXT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String LOOPBACK = "127.0.0.1";

  BrokerSettings {
    requirePort("brokerPort", brokerPort);
    requirePort("controllerPort", controllerPort);
  }

  private static void requirePort(String what, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(what + " " + port + " is not within 1..65535");
    }
  }

  String bootstrapServers() {
    return LOOPBACK + ":" + brokerPort;
  }

  String controllerServers() {
    return LOOPBACK + ":" + controllerPort;
  }

  /** The same in Kafka's names. */
  Map<String, String> toProperties() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", dataFolder.toString());
    settings.put(
        "listeners",
        "%s://%s:%d,%s://%s:%d"
            .formatted(
                CLIENT_LISTENER,
                LOOPBACK,
                brokerPort,
                CONTROLLER_LISTENER,
                LOOPBACK,
                controllerPort));
    settings.put("advertised.listeners", CLIENT_LISTENER + "://" + bootstrapServers());
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("controller.quorum.voters", "%d@%s".formatted(NODE_ID, controllerServers()));

    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.segment.bytes", "1048576");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.segment.bytes", "1048576");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    // Nobody else will join: a group starts with whoever is there.
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("controlled.shutdown.enable", "false");
    // The transactions of processes that died are looked for this often, 10 s by default.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");

    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("group.coordinator.threads", "1");
    settings.put("log.segment.bytes", "67108864");
    settings.put("log.index.size.max.bytes", "1048576");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("log.cleaner.io.buffer.size", "131072");
    settings.put("metadata.log.segment.bytes", "16777216");
    settings.put("metric.reporters", "");
    return settings;
  }

  /** Of the controller alone, over the same data. */
  Map<String, String> toControllerProperties() {
    Map<String, String> settings = toProperties();
    settings.put("process.roles", "controller");
    settings.put("listeners", CONTROLLER_LISTENER + "://" + controllerServers());
    settings.remove("advertised.listeners");
    settings.remove("inter.broker.listener.name");
    return settings;
  }
}
