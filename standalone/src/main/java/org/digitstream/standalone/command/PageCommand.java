package org.digitstream.standalone.command;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.Page;
import org.digitstream.standalone.replay.Transcripts;
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
      "  digitstream page --bootstrap-servers kafka:9092 --host 0.0.0.0 --look-only"
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
    Page.Settings settings = page.settings(this);
    Transcripts transcripts = page.transcripts();
    ModelBundle bundle = model.load();
    KafkaConnection connection = cluster.reachable(this);
    topics.provision(this, connection, surroundings);
    PrometheusMeterRegistry registry = Meters.prometheusRegistry();
    try (Page open =
        new Page(
            settings, connection, bundle, Version.ofProgram(), transcripts, registry, List.of())) {
      surroundings
          .out()
          .printf(
              "page at %s (broker %s), Ctrl-C stops it%n",
              open.address(), connection.bootstrapServers());
      while (!surroundings.termination().await(STEP)) {
        if (open.failure().isPresent()) {
          Throwable cause = open.failure().get();
          throw new StreamsFailedException("the page stopped: " + cause, cause);
        }
      }
    } catch (IllegalStateException | TimeoutException e) {
      throw new CommandFailure(e.getMessage() + " (--port)", e);
    }
    return SUCCEEDED;
  }
}
