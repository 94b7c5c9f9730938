package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.ProcessingGuarantee;
import org.digitstream.runtime.operations.BrokerCheck;
import org.digitstream.runtime.operations.OperationsServer;
import org.digitstream.runtime.operations.ServiceHealth;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.runtime.streams.StreamsOptions;
import org.digitstream.runtime.streams.StreamsService;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.process.TemporaryFolder;
import org.digitstream.standalone.rights.ServiceRights;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code features} and {@code inference} have in common: how to run until stopped. */
final class StreamsOptionGroup {
  /** Makes the service, once the topics are there. */
  @FunctionalInterface
  interface Factory {
    StreamsService create(
        KafkaConnection connection,
        StreamsOptions options,
        io.micrometer.core.instrument.MeterRegistry registry);
  }

  /** What a service needs before it talks to a broker. */
  @FunctionalInterface
  interface Preparation {
    Factory prepare();
  }

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(200);

  @Mixin private ClusterOptions cluster;
  @Mixin private TopicOptions topics;
  @Mixin private FeatureSpecOption featureSpec;
  @Mixin private ModelOption model;

  @Option(
      names = "--processing-guarantee",
      paramLabel = "GUARANTEE",
      defaultValue = "exactly-once",
      description =
          "exactly-once or at-least-once: what a crash may do to the output (default:"
              + " ${DEFAULT-VALUE}).")
  private String guarantee;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Stream threads; more than there are partitions stay idle (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--state-dir",
      paramLabel = "FOLDER",
      description = "Where Kafka Streams may put files (default: a temporary folder).")
  private Path stateFolder;

  @Option(
      names = "--most-lag",
      paramLabel = "RECORDS",
      defaultValue = "" + StreamsOptions.DEFAULT_MOST_LAG_RECORDS,
      description =
          "Further behind than this /health/ready says no, at least 1; 50 records are a second of"
              + " one stream, or 10 where it comes in chunks of 100 ms (default:"
              + " ${DEFAULT-VALUE}).")
  private long mostLag;

  @Mixin private OperationsOptions operations;

  /**
   * The model, whose feature specification is the one asked for.
   *
   * @throws org.digitstream.inference.model.ModelException naming both specifications, where they
   *     differ
   */
  ModelBundle model(DigitstreamCommand command) {
    ModelBundle bundle = model.load();
    FeatureSpec spec = featureSpec.or(bundle.featureSpec(), command);
    bundle.requireFeatureSpec(spec);
    return bundle;
  }

  /**
   * Runs a service until it is told to stop, or fails. Its health is served from the beginning, so
   * that whoever asks is told what it still waits for.
   */
  void run(
      DigitstreamCommand command,
      String name,
      String applicationId,
      int defaultPort,
      Surroundings surroundings,
      Preparation preparation)
      throws IOException,
          BrokerUnreachableException,
          InterruptedException,
          CommandFailure,
          StreamsFailedException {
    ProcessingGuarantee chosen = guarantee(command, guarantee);
    if (threads < 1 || threads > 64) {
      throw command.wrongUsage("--threads " + threads + " is not within 1..64");
    }
    if (mostLag < 1) {
      throw command.wrongUsage("--most-lag " + mostLag + " is below 1");
    }
    ServiceHealth health = new ServiceHealth("loading the model");
    try (OperationsServer server = operations.serve(command, name, defaultPort, health)) {
      Factory factory = preparation.prepare();
      health.notReady("waiting for the broker and its topics");
      KafkaConnection connection = cluster.reachable(command);
      topics.provision(command, connection, ServiceRights.named(name).topics(), surroundings);
      try (TemporaryFolder temporary = TemporaryFolder.create();
          StreamsService service =
              factory.create(
                  connection,
                  new StreamsOptions(
                      applicationId,
                      chosen,
                      threads,
                      stateFolder == null ? temporary.path() : stateFolder,
                      mostLag),
                  operations.registry());
          BrokerCheck broker = new BrokerCheck(connection)) {
        health.running(
            List.of(service.liveness()), List.of(service.readiness(), broker.readiness()));
        service.start();
        service.awaitRunning(START_TIMEOUT);
        surroundings
            .out()
            .printf(
                "%s is running (%s, broker %s, health and metrics at %s), Ctrl-C stops it%n",
                name, chosen.kafkaName(), connection.bootstrapServers(), server.address());
        awaitEnd(name, service, surroundings);
        health.notReady("stopping");
      }
    }
  }

  private static void awaitEnd(String name, StreamsService service, Surroundings surroundings)
      throws InterruptedException, StreamsFailedException {
    while (!surroundings.termination().await(STEP)) {
      if (service.failure().isPresent()) {
        Throwable cause = service.failure().get();
        throw new StreamsFailedException(
            name + " stopped: " + AccessDenied.explain(cause).orElseGet(cause::toString), cause);
      }
    }
  }

  /** What {@code --processing-guarantee} says. */
  static ProcessingGuarantee guarantee(DigitstreamCommand command, String text) {
    return switch (text) {
      case "exactly-once" -> ProcessingGuarantee.EXACTLY_ONCE;
      case "at-least-once" -> ProcessingGuarantee.AT_LEAST_ONCE;
      default ->
          throw command.wrongUsage(
              "--processing-guarantee '" + text + "' is not exactly-once or at-least-once");
    };
  }
}
