package org.digitstream.standalone.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.ChildProgram;

/**
 * A broker, two features and two inferences, each a run of the command line in a process of its
 * own, that can be killed, stopped and started again.
 */
final class CrashCluster implements AutoCloseable {
  static final int PARTITIONS = 3;

  /** A service that runs twice. */
  enum Service {
    FEATURES("features", FeatureService.APPLICATION_ID),
    INFERENCE("inference", InferenceService.APPLICATION_ID);

    final String command;
    final String group;

    Service(String command, String group) {
      this.command = command;
      this.group = group;
    }
  }

  /** One of a service's processes. */
  record Instance(Service service, String letter) {
    /** What it is called in its group. */
    String clientId() {
      return service.command + "-" + letter;
    }
  }

  private final Path folder;
  private final Map<String, ChildProgram> running = new TreeMap<>();
  private ChildProgram broker;
  private String servers;

  private CrashCluster(Path folder) {
    this.folder = folder;
  }

  /** Starts all of it; returns when it runs. */
  static CrashCluster start(Path folder) throws IOException {
    CrashCluster cluster = new CrashCluster(folder);
    try {
      cluster.startBroker();
      cluster.instances().forEach(cluster::start);
      cluster.awaitRunning();
      return cluster;
    } catch (RuntimeException | IOException e) {
      cluster.close();
      throw e;
    }
  }

  KafkaConnection connection() {
    return KafkaConnection.to(servers);
  }

  /** The four that normally run. */
  List<Instance> instances() {
    List<Instance> all = new ArrayList<>();
    for (Service service : Service.values()) {
      all.add(new Instance(service, "a"));
      all.add(new Instance(service, "b"));
    }
    return all;
  }

  /** Which instance works on a partition, as the broker knows it. */
  Instance owner(Service service, int partition) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(connection().admin("crash"))) {
      while (true) {
        Optional<String> owner =
            admin
                .describeConsumerGroups(List.of(service.group))
                .all()
                .get()
                .get(service.group)
                .members()
                .stream()
                .filter(member -> owns(member, partition))
                .map(MemberDescription::clientId)
                .findFirst();
        for (Instance instance : instances()) {
          if (owner.isPresent() && owner.get().startsWith(instance.clientId())) {
            return instance;
          }
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static boolean owns(MemberDescription member, int partition) {
    return member.assignment().topicPartitions().stream()
        .anyMatch(assigned -> assigned.partition() == partition);
  }

  void start(Instance instance) {
    try {
      Path config = folder.resolve(instance.clientId() + ".properties");
      Files.writeString(config, "client.id=" + instance.clientId() + "\n");
      running.put(
          instance.clientId(),
          ChildProgram.start(
              instance.service().command,
              "--bootstrap-servers",
              servers,
              "--kafka-config",
              config.toString(),
              "--model",
              "strings",
              "--partitions",
              Integer.toString(PARTITIONS),
              "--operations-port",
              "0"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void kill(Instance instance) throws InterruptedException {
    running.remove(instance.clientId()).kill();
  }

  /** As the system stops a process; its exit code must be 0. */
  void stop(Instance instance) throws InterruptedException {
    ChildProgram program = running.remove(instance.clientId());
    int code = program.terminate();
    if (code != 0) {
      throw new AssertionError(instance.clientId() + " ended with " + code + ": " + program);
    }
  }

  void startBroker() throws IOException {
    // The same port as before: that is all that the services know.
    String port = servers == null ? "0" : servers.substring(servers.lastIndexOf(':') + 1);
    broker =
        ChildProgram.start(
            "broker", "--port", port, "--data-dir", folder.resolve("broker").toString());
    servers = broker.await("broker at (\\S+),");
  }

  void stopBroker() throws InterruptedException {
    broker.terminate();
  }

  void killBroker() throws InterruptedException {
    broker.kill();
  }

  /** Returns when all processes say that they run. */
  void awaitRunning() {
    running.forEach((name, program) -> program.await("(is running \\()"));
  }

  /** What those tell that should run and do not. */
  List<String> ended() {
    List<String> ended = new ArrayList<>();
    running.forEach(
        (name, program) -> {
          if (!program.isAlive()) {
            ended.add(name + " ended by itself: " + program);
          }
        });
    if (!broker.isAlive()) {
      ended.add("the broker ended by itself: " + broker);
    }
    return ended;
  }

  /** What all have told so far, for people who look for a fault. */
  String told() {
    StringBuilder all = new StringBuilder();
    running.forEach((name, program) -> all.append(name).append(": ").append(program).append('\n'));
    return all.append("broker: ").append(broker).toString();
  }

  @Override
  public void close() {
    running.values().forEach(ChildProgram::close);
    if (broker != null) {
      broker.close();
    }
  }
}
