package org.digitstream.standalone.command;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.Page;
import org.digitstream.standalone.rights.ServiceRights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream page}. */
@Command(
    name = "page",
    description =
        "Serves the live page of services that run elsewhere, until it is stopped. Probabilities are"
            + " shown where inference was started with --posteriors.",
    footer = {
      "  digitstream page --bootstrap-servers kafka:9092",
      "  digitstream page --bootstrap-servers kafka:9092 --bind 0.0.0.0 --look-only",
      "  DIGITSTREAM_KEYSTORE_PASSWORD=... digitstream page --bind 0.0.0.0 --keystore page.p12"
    })
final class PageCommand extends DigitstreamCommand {
  private static final Duration STEP = Duration.ofMillis(200);

  @Mixin private ClusterOptions cluster;
  @Mixin private TopicOptions topics;
  @Mixin private PageOptions page;
  @Mixin private ModelOption model;

  PageCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    PrometheusMeterRegistry registry = Meters.prometheusRegistry();
    ModelBundle bundle = model.load();
    try (Page opened =
        page.open(this, "waiting for the broker and its topics", bundle, registry, surroundings)) {
      KafkaConnection connection = cluster.reachable(this);
      topics.provision(this, connection, ServiceRights.PAGE.topics(), surroundings);
      opened.connect(connection, Optional.empty(), List.of());
      surroundings
          .out()
          .printf(
              "page at %s (broker %s), Ctrl-C stops it%n",
              opened.entrance(), connection.bootstrapServers());
      while (!surroundings.termination().await(STEP)) {
        if (opened.failure().isPresent()) {
          Throwable cause = opened.failure().get();
          throw new StreamsFailedException(
              "the page stopped: " + AccessDenied.explain(cause).orElseGet(cause::toString), cause);
        }
      }
    }
    return SUCCEEDED;
  }
}
