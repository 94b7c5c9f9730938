package org.digitstream.standalone.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.digitstream.dashboards.web.AccessToken;
import org.digitstream.dashboards.web.PageAccess;
import org.digitstream.dashboards.web.PageLimits;
import org.digitstream.dashboards.web.ServerCertificate;
import org.digitstream.runtime.operations.AllowedHosts;
import org.digitstream.runtime.operations.OperationsServer;
import picocli.CommandLine.Option;

/** Where the live page is served, and who may come. */
final class AccessOptions {
  static final int DEFAULT_PORT = 8080;
  static final String TOKEN_VARIABLE = "DIGITSTREAM_PAGE_TOKEN";
  static final String KEYSTORE_VARIABLE = "DIGITSTREAM_KEYSTORE_PASSWORD";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + DEFAULT_PORT,
      description = "Where the page is served; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = {"--bind", "--host"},
      paramLabel = "ADDRESS",
      defaultValue = OperationsServer.LOOPBACK,
      description =
          "The address to serve it at; 0.0.0.0 for all, so that other machines reach it, with the"
              + " token in the address that is printed. Browsers give a microphone only to pages of"
              + " this machine or over https (default: ${DEFAULT-VALUE}).")
  private String bind;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with the token that guests have to bring, 16 characters or more (default: the"
              + " environment variable "
              + TOKEN_VARIABLE
              + "; without it a new one at each start beyond this machine, and none on it).")
  private Path tokenFile;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name by which the page may be asked beside its own, such as that of a proxy; several"
              + " times for several (default: none).")
  private List<String> hostNames = List.of();

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description =
          "Serve over https, with the key and certificate of this PKCS12 keystore; its password is in"
              + " the environment variable "
              + KEYSTORE_VARIABLE
              + " or in --keystore-password-file (default: http).")
  private Path keystore;

  @Option(
      names = "--keystore-password-file",
      paramLabel = "FILE",
      description = "A file with the password of --keystore (default: see there).")
  private Path keystorePasswordFile;

  @Option(
      names = "--open-metrics",
      description =
          "/metrics is told without the token, such as to Prometheus in a network of containers"
              + " (default: with it, as Authorization: Bearer TOKEN).")
  private boolean openMetrics;

  @Option(
      names = "--upload-limit",
      paramLabel = "MB",
      defaultValue = "50",
      description = "The largest file that the page takes, 1 to 500 (default: ${DEFAULT-VALUE}).")
  private int uploadMegabytes;

  @Option(
      names = "--duration-limit",
      paramLabel = "TIME",
      defaultValue = "2h",
      converter = DurationConverter.class,
      description =
          "The longest recording or microphone that the page takes, 1s to 24h (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration streamLength;

  @Option(
      names = "--client-streams",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Recordings and microphones of one address at a time, 1 to 1000 (default:"
              + " ${DEFAULT-VALUE}).")
  private int clientStreams;

  @Option(
      names = "--client-requests",
      paramLabel = "N",
      defaultValue = "1200",
      description =
          "Requests of one address in a minute, 60 to 100000 (default: ${DEFAULT-VALUE}).")
  private int clientRequests;

  /**
   * What was asked for. Beyond this machine there is a token, a new one where none was given: one
   * that a person makes up on the spot is guessed sooner.
   */
  PageAccess access(DigitstreamCommand command, Map<String, String> environment)
      throws IOException, CommandFailure {
    if (port < 0 || port > 65_535) {
      throw command.wrongUsage("--port " + port + " is not within 0..65535");
    }
    try {
      Optional<AccessToken> token = token(environment);
      if (token.isEmpty() && !AllowedHosts.isLoopback(bind)) {
        token = Optional.of(AccessToken.random(new SecureRandom()));
      }
      PageLimits limits =
          new PageLimits(
              uploadMegabytes * 1_000_000L,
              streamLength,
              clientStreams,
              PageLimits.DEFAULT.viewersPerClient(),
              clientRequests);
      return new PageAccess(
          bind, port, token, Set.copyOf(hostNames), certificate(environment), openMetrics, limits);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the page cannot be served like this: " + e.getMessage(), e);
    }
  }

  private Optional<AccessToken> token(Map<String, String> environment)
      throws IOException, CommandFailure {
    return Secret.read(environment, TOKEN_VARIABLE, "--token-file", tokenFile).map(AccessToken::of);
  }

  private Optional<ServerCertificate> certificate(Map<String, String> environment)
      throws IOException, CommandFailure {
    if (keystore == null) {
      return Optional.empty();
    }
    String password =
        Secret.read(
                environment, KEYSTORE_VARIABLE, "--keystore-password-file", keystorePasswordFile)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "--keystore needs its password: put it into the environment variable "
                            + KEYSTORE_VARIABLE
                            + " or a file that --keystore-password-file names"));
    try (InputStream in = Files.newInputStream(keystore)) {
      return Optional.of(ServerCertificate.read(in, password, keystore.toString(), new Date()));
    }
  }
}
