package org.digitstream.runtime.operations;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Serves a service's metrics and health over HTTP:
 *
 * <ul>
 *   <li>{@code GET /metrics}: Prometheus text
 *   <li>{@code GET /health/live}: whether the process should be left running
 *   <li>{@code GET /health/ready}: whether the service does its work
 * </ul>
 *
 * <p>Health is JSON such as {@code
 * {"status":"down","checks":{"broker":{"status":"down","detail":"no answer from localhost:9092
 * within 2000 ms"}}}}, with the status code 200 if every check is up and 503 if not.
 */
public final class OperationsServer implements AutoCloseable {
  /** The address that only this machine can reach. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Javalin server;
  private final String host;

  /**
   * Starts to serve.
   *
   * @param host the address to listen at: {@link #LOOPBACK}, or {@code 0.0.0.0} for all
   * @param port the port, or 0 for any that is free
   * @param registry what {@code /metrics} shows
   * @param health what {@code /health} answers
   * @throws IllegalStateException if nothing can listen there, saying why
   * @throws IllegalArgumentException if there is no such address
   */
  public OperationsServer(
      String host, int port, PrometheusMeterRegistry registry, ServiceHealth health) {
    this.host = host;
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              refuseForeignNames(config, host);
              addRoutes(config, registry, health);
            });
    try {
      server.start(host, port);
    } catch (RuntimeException e) {
      server.stop();
      throw new IllegalStateException(
          "metrics and health cannot be served at "
              + host
              + ":"
              + port
              + ": "
              + rootOf(e).getMessage()
              + ". Choose another port; 0 takes any that is free.",
          e);
    }
  }

  /**
   * Adds {@code /metrics} and {@code /health} to another server, for a service that serves more
   * than these.
   *
   * @param config the server's, before it starts
   * @param registry what {@code /metrics} shows
   * @param health what {@code /health} answers
   */
  public static void addRoutes(
      JavalinConfig config, PrometheusMeterRegistry registry, ServiceHealth health) {
    config.routes.get(
        "/metrics", request -> request.contentType(PROMETHEUS_TEXT).result(registry.scrape()));
    config.routes.get("/health/live", request -> answer(request, health.live()));
    config.routes.get("/health/ready", request -> answer(request, health.ready()));
  }

  /** Where others reach it on purpose, such as between containers, it goes by names of theirs. */
  private static void refuseForeignNames(JavalinConfig config, String host) {
    if (AllowedHosts.isLoopback(host)) {
      AllowedHosts hosts = AllowedHosts.of(host, Set.of());
      config.routes.before(
          request -> {
            if (!hosts.allows(request.header("Host"))) {
              throw new ForbiddenResponse(
                  "this is not served by the name " + request.header("Host"));
            }
          });
    }
  }

  /** The port that it listens at. */
  public int port() {
    return server.port();
  }

  /** Where it serves, such as {@code http://127.0.0.1:8081}. */
  public String address() {
    return "http://" + host + ":" + port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void answer(Context request, List<HealthCheck> checks) {
    boolean up = true;
    Map<String, Object> results = new LinkedHashMap<>();
    for (HealthCheck check : checks) {
      Health health = check.run();
      up &= health.up();
      results.put(check.name(), Map.of("status", word(health.up()), "detail", health.detail()));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", word(up));
    body.put("checks", results);
    request.status(up ? 200 : 503).json(body);
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
