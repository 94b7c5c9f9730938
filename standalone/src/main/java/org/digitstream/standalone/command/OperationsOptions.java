package org.digitstream.standalone.command;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.OperationsServer;
import org.digitstream.runtime.operations.ServiceHealth;
import picocli.CommandLine.Option;

/** Where a service serves its metrics and health. */
final class OperationsOptions {
  @Option(
      names = "--operations-port",
      paramLabel = "PORT",
      description =
          "Where /metrics and /health are served; 0 for any free port (default: ingest 9401,"
              + " features 9402, inference 9403).")
  private Integer port;

  @Option(
      names = "--operations-host",
      paramLabel = "HOST",
      defaultValue = OperationsServer.LOOPBACK,
      description =
          "The address to serve them at; 0.0.0.0 for all, such as in a container (default:"
              + " ${DEFAULT-VALUE}).")
  private String host;

  private final PrometheusMeterRegistry registry = Meters.prometheusRegistry();

  /** Where the service's meters are kept. */
  PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Begins to serve.
   *
   * @param service the label of its meters
   * @param defaultPort the service's own, if none was asked for
   * @param health what {@code /health} answers, and the meter of readiness shows
   */
  OperationsServer serve(
      DigitstreamCommand command, String service, int defaultPort, ServiceHealth health)
      throws CommandFailure {
    if (port != null && (port < 0 || port > 65_535)) {
      throw command.wrongUsage("--operations-port " + port + " is not within 0..65535");
    }
    Meters.bindJvm(registry);
    new Meters(registry, service).ready(health::isReady);
    try {
      return new OperationsServer(host, port == null ? defaultPort : port, registry, health);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage() + " (--operations-port)", e);
    }
  }
}
