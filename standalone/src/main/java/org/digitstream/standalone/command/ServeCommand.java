package org.digitstream.standalone.command;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.Page;
import org.digitstream.standalone.pipeline.Pipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream serve}. */
@Command(
    name = "serve",
    description =
        "Runs a Kafka broker, all services and the live page in this process until Ctrl-C. Open the"
            + " page in a browser: speak, drop a WAV file on it, and see what is heard. The metrics"
            + " of all services are at /metrics there.",
    footer = {
      "  digitstream serve",
      "  digitstream serve --port 0 --broker-port 9092",
      "  digitstream serve --bind 0.0.0.0             others may come, with the token that it prints",
      "  digitstream replay recordings/ --speed realtime --bootstrap-servers localhost:9092"
    })
final class ServeCommand extends DigitstreamCommand {
  private static final Duration STEP = Duration.ofMillis(200);

  @Mixin private PageOptions page;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Where the broker listens, so that other programs reach it (default: any free port).")
  private int brokerPort;

  @Mixin private ModelOption model;

  ServeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (brokerPort < 0 || brokerPort > 65_535) {
      throw wrongUsage("--broker-port " + brokerPort + " is not within 0..65535");
    }
    ModelBundle bundle = model.load();
    PrometheusMeterRegistry registry = Meters.prometheusRegistry();
    try (Page opened =
        page.open(
            this, "loading the model and starting the broker", bundle, registry, surroundings)) {
      surroundings.err().println("starting the broker and the services...");
      try (Pipeline pipeline =
              Pipeline.embedded(brokerPort, bundle, true, registry, received -> {});
          Page connected = opened.connect(pipeline)) {
        surroundings
            .out()
            .printf(
                "page at %s (broker at %s), Ctrl-C stops it%n",
                connected.entrance(), pipeline.connection().bootstrapServers());
        awaitEnd(pipeline, connected, surroundings);
      }
    }
    return SUCCEEDED;
  }

  private static void awaitEnd(Pipeline pipeline, Page page, Surroundings surroundings)
      throws InterruptedException, StreamsFailedException {
    while (!surroundings.termination().await(STEP)) {
      Throwable cause = pipeline.failure().or(page::failure).orElse(null);
      if (cause != null) {
        throw new StreamsFailedException("a service stopped: " + cause, cause);
      }
    }
  }
}
