package org.digitstream.dashboards.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Serves the live page at an address of its own. Its threads are its own; closing ends them and all
 * connections.
 */
public final class LivePage implements AutoCloseable {
  /**
   * What the page says about the program.
   *
   * @param version of the program
   * @param model the model in use; null where it is not known
   * @param classes the model's classes, the digits first
   * @param bandHz the frequency that each mel band is about, low to high
   */
  public record About(String version, String model, List<String> classes, List<Double> bandHz) {}

  private static final Duration VIEWER_IDLE = Duration.ofMinutes(5);
  private static final int LEAST_UPLOAD_BYTES_PER_SECOND = 2_000;

  private final PageAccess access;
  private final Javalin server;
  private final MicrophoneEndpoint microphones;
  private final LiveEndpoint viewers;

  /**
   * Starts to serve.
   *
   * @param access where, and who may come
   * @param about what the page says about the program
   * @param streams what there is to see
   * @param gauges what there is to watch
   * @param scoreboard the score
   * @param intake where audio goes that people bring; nothing if the page shall take none
   * @param routes adds what else is served at this address, such as metrics
   * @param clock stamps the gauges
   * @throws IllegalStateException if nothing can listen there, saying why
   */
  public LivePage(
      PageAccess access,
      About about,
      LiveStreams streams,
      Gauges gauges,
      Scoreboard scoreboard,
      Optional<AudioIntake> intake,
      Consumer<JavalinConfig> routes,
      Clock clock) {
    this.access = access;
    PageLimits limits = access.limits();
    PageGuard guard = new PageGuard(access, this::port, System::nanoTime);
    ClientPlaces streamPlaces = new ClientPlaces(limits.streamsPerClient(), System::nanoTime);
    microphones = new MicrophoneEndpoint(intake, streams, limits, streamPlaces);
    viewers =
        new LiveEndpoint(
            streams,
            gauges,
            scoreboard,
            guard,
            new ClientPlaces(limits.viewersPerClient(), System::nanoTime),
            Messages.hello(about, streams.spec(), intake.isPresent(), limits.uploadBytes()),
            clock);
    server =
        Javalin.create(
            config -> {
              configure(config);
              guard.install(config);
              // Browsers ask for it where a page names no icon: the entrance, metrics, a refusal.
              config.routes.get("/favicon.ico", request -> request.redirect("favicon.svg"));
              new IntakeRequests(intake, streams, limits, streamPlaces).addTo(config.routes);
              new StreamRequests(streams).addTo(config.routes);
              microphones.addTo(config.routes);
              viewers.addTo(config.routes);
              routes.accept(config);
            });
    try {
      server.start(access.host(), access.port());
    } catch (RuntimeException e) {
      server.stop();
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IllegalStateException(
          "the page cannot be served at "
              + access.host()
              + ":"
              + access.port()
              + ": "
              + root.getMessage()
              + ". Choose another port; 0 takes any that is free.",
          e);
    }
    viewers.start();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = access.limits().uploadBytes();
    // Whoever sends a byte now and then would hold a thread for as long as it likes.
    config.jetty.modifyHttpConfiguration(
        http -> http.setMinRequestDataRate(LEAST_UPLOAD_BYTES_PER_SECOND));
    access.certificate().ifPresent(certificate -> serveSecurely(config, certificate));
    config.staticFiles.add(
        files -> {
          files.directory = "/web";
          files.location = Location.CLASSPATH;
          files.headers = Map.of("Cache-Control", "no-cache");
        });
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxBinaryMessageSize(4 * MicrophoneSocket.MOST_BYTES);
          factory.setMaxTextMessageSize(4 * MicrophoneSocket.MOST_BYTES);
          factory.setIdleTimeout(VIEWER_IDLE);
        });
  }

  private void serveSecurely(JavalinConfig config, ServerCertificate certificate) {
    config.jetty.addConnector(
        (jetty, http) -> {
          HttpConfiguration https = new HttpConfiguration(http);
          // The certificate's name is the browser's to check; it may be asked by its address.
          https.addCustomizer(new SecureRequestCustomizer(false));
          ServerConnector connector =
              new ServerConnector(jetty, certificate.toJetty(), new HttpConnectionFactory(https));
          connector.setHost(access.host());
          connector.setPort(access.port());
          return connector;
        });
  }

  /** The port that it listens at. */
  public int port() {
    return server.port();
  }

  /** Where the page is, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    String host = access.host();
    String shown =
        host.equals("0.0.0.0") || host.equals("::")
            ? "localhost"
            : host.contains(":") ? "[" + host + "]" : host;
    return (access.certificate().isPresent() ? "https://" : "http://") + shown + ":" + port() + "/";
  }

  /**
   * What a person opens in a browser: the address, with the token where there is one. For whoever
   * started the page, and for no log.
   */
  public String entrance() {
    return address() + access.token().map(token -> "?token=" + token.reveal()).orElse("");
  }

  @Override
  public void close() {
    viewers.close();
    microphones.close();
    server.stop();
  }
}
