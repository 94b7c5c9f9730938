package org.digitstream.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.Scorer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in: a server for others, asked by real clients. */
class PageGuardTest {
  private static final String TOKEN = "this-is.the_token~of-a-test";
  private static final PageLimits LIMITS =
      new PageLimits(1_000_000, Duration.ofMinutes(5), 2, 2, 100);

  private final AccessToken token = AccessToken.of(TOKEN);
  private final Intake intake = new Intake();
  private final HttpClient client = HttpClient.newHttpClient();
  private LivePage page = served(Optional.of(token), "127.0.0.1", false, LIMITS);

  @AfterEach
  void close() {
    page.close();
  }

  private LivePage served(
      Optional<AccessToken> wanted, String host, boolean metricsOpen, PageLimits limits) {
    return new LivePage(
        new PageAccess(
            host, 0, wanted, Set.of("digits.example"), Optional.empty(), metricsOpen, limits),
        new LivePage.About("1", "m", List.of("0", "1"), List.of(120.5)),
        new LiveStreams(FeatureSpec.WIDEBAND, UtteranceGrouper.DEFAULT_PAUSE, Clock.systemUTC()),
        new Gauges(0),
        new Scoreboard(new Nothing()),
        Optional.of(intake),
        config -> {
          for (String path : List.of("/metrics", "/health/live", "/health/ready")) {
            config.routes.get(path, request -> request.result("told"));
          }
        },
        Clock.systemUTC());
  }

  private void reopen(Optional<AccessToken> wanted, boolean metricsOpen, PageLimits limits) {
    page.close();
    page = served(wanted, "127.0.0.1", metricsOpen, limits);
  }

  /** Scores nothing. */
  private static final class Nothing implements Scorer {
    @Override
    public Optional<String> said(String source) {
      return Optional.empty();
    }

    @Override
    public List<Pair> align(String said, String heard) {
      return List.of();
    }
  }

  /** Takes everything. */
  private static final class Intake implements AudioIntake {
    private volatile int replays;
    private volatile int opened;

    @Override
    public List<Recording> recordings() {
      return List.of(new Recording("demo.wav", 8, "12"));
    }

    @Override
    public Replay replay(String recording) {
      replays++;
      return new Replay("s" + replays, 600);
    }

    @Override
    public Replay replay(String name, byte[] wav) {
      return replay(name);
    }

    @Override
    public Session open(String name, int rateHz, Consumer<String> notes) {
      opened++;
      return new Session() {
        @Override
        public String stream() {
          return "m";
        }

        @Override
        public void accept(short[] samples) {}

        @Override
        public void end() {}
      };
    }
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(page.address() + path));
  }

  private HttpRequest.Builder withToken(String path) {
    return at(path).header("Authorization", "Bearer " + TOKEN);
  }

  private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The status line and headers of a request that Java's own client would not send. */
  private String raw(String... lines) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", page.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              (String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The status of a refused handshake; 101 where it was not refused. */
  private int handshake(String path, String... headers) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    try {
      builder
          .buildAsync(
              URI.create(page.address().replaceFirst("http", "ws") + path),
              new WebSocket.Listener() {})
          .orTimeout(20, TimeUnit.SECONDS)
          .join()
          .abort();
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "index.html",
        "app.js",
        "page.css",
        "favicon.svg",
        "metrics",
        "api/recordings",
        "api/streams/s/audio.wav?from=0&to=1",
        "api/streams/s/window?from=0&to=1",
        "nowhere",
        "?token=this-is.the_token~of-a-tesT",
        "?token=",
        "api/recordings?token=" + TOKEN
      })
  void nothingIsToldWithoutTheToken(String path) throws Exception {
    HttpResponse<String> refused = ask(at(path));

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body())
        .contains("token")
        .doesNotContain("<title>")
        .doesNotContain(TOKEN)
        .doesNotContain("demo.wav");
    assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void nothingIsTakenWithoutTheToken() throws Exception {
    assertThat(ask(at("api/recordings/demo.wav").POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(401);
    assertThat(ask(at("api/replays").POST(BodyPublishers.ofString("RIFF"))).statusCode())
        .isEqualTo(401);
    assertThat(handshake("ws/microphone?rate=16000")).isEqualTo(401);
    assertThat(handshake("ws/microphone?rate=16000&token=" + TOKEN)).isEqualTo(401);
    assertThat(handshake("ws/live")).isEqualTo(401);
    assertThat(handshake("ws/live", "Cookie", "digitstream-" + page.port() + "=" + TOKEN))
        .isEqualTo(401);
    assertThat(intake.replays + intake.opened).isZero();
  }

  @Test
  void theTokenInTheAddressBecomesACookieThatOpensEverything() throws Exception {
    assertThat(page.entrance()).isEqualTo(page.address() + "?token=" + TOKEN);
    HttpResponse<String> entered = ask(at("?token=" + TOKEN));

    assertThat(entered.statusCode()).isEqualTo(200);
    assertThat(entered.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(entered.body()).contains("url=./").doesNotContain(TOKEN);
    String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("digitstream-" + page.port() + "=")
        .contains("; HttpOnly")
        .contains("; SameSite=Strict")
        .contains("; Path=/")
        .doesNotContain(TOKEN);
    String brought = cookie.substring(0, cookie.indexOf(';'));
    assertThat(ask(at("").header("Cookie", brought)).body()).contains("<title>digitstream</title>");
    assertThat(ask(at("app.js").header("Cookie", brought)).statusCode()).isEqualTo(200);
    assertThat(handshake("ws/live", "Cookie", brought)).isEqualTo(101);
    assertThat(
            ask(at("api/recordings/demo.wav")
                    .header("Cookie", brought)
                    .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(202);
    assertThat(ask(at("").header("Cookie", brought + "x")).statusCode()).isEqualTo(401);
  }

  @Test
  void programsBringTheTokenInAHeader() throws Exception {
    assertThat(ask(withToken("metrics")).body()).isEqualTo("told");
    assertThat(handshake("ws/microphone?rate=16000", "Authorization", "Bearer " + TOKEN))
        .isEqualTo(101);
  }

  @Test
  void probesAskForHealthWithoutTheToken() throws Exception {
    assertThat(ask(at("health/live")).body()).isEqualTo("told");
    assertThat(ask(at("health/ready")).body()).isEqualTo("told");
    assertThat(raw("GET /health/ready HTTP/1.0")).contains(" 200 ").endsWith("told");
  }

  @Test
  void metricsAreOpenOnlyWhereThatWasAskedFor() throws Exception {
    assertThat(ask(at("metrics")).statusCode()).isEqualTo(401);
    reopen(Optional.of(token), true, LIMITS);
    assertThat(ask(at("metrics")).body()).isEqualTo("told");
    assertThat(ask(at("api/recordings")).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere.example", "127.0.0.1.elsewhere.example:80", "localhost.x", ""})
  void aNameThatIsNotThePagesIsRefused(String host) throws Exception {
    reopen(Optional.empty(), false, LIMITS);
    assertThat(raw("GET /metrics HTTP/1.1", "Host: " + host))
        .matches("(?s)HTTP/1.1 40[03] .*")
        .doesNotContain("told");
    assertThat(
            raw(
                "GET /ws/live HTTP/1.1",
                "Host: " + host,
                "Origin: http://" + host,
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
        .matches("(?s)HTTP/1.1 40[03] .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8080", "LOCALHOST", "127.0.0.1", "192.168.1.7:80", "digits.example"})
  void itsOwnNamesAndAddressesAreAnswered(String host) throws Exception {
    reopen(Optional.empty(), false, LIMITS);
    assertThat(raw("GET /metrics HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://elsewhere.example", "null", "http://127.0.0.1:1", "file://"})
  void aPageOfSomebodyElseMaySendNothingEvenWithTheToken(String origin) throws Exception {
    HttpResponse<String> refused =
        ask(
            withToken("api/recordings/demo.wav")
                .header("Origin", origin)
                .POST(BodyPublishers.noBody()));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(handshake("ws/live", "Authorization", "Bearer " + TOKEN, "Origin", origin))
        .isEqualTo(403);
    assertThat(intake.replays).isZero();
    assertThat(
            handshake(
                "ws/live",
                "Authorization",
                "Bearer " + TOKEN,
                "Origin",
                "http://127.0.0.1:" + page.port()))
        .isEqualTo(101);
  }

  @Test
  void aClientThatAsksTooOftenIsToldToWait() throws Exception {
    reopen(Optional.empty(), false, LIMITS);
    List<Integer> statuses = new ArrayList<>();
    HttpResponse<String> last = null;
    for (int i = 0; i < 3 * LIMITS.requestsPerMinute() && !statuses.contains(429); i++) {
      last = ask(at("metrics"));
      statuses.add(last.statusCode());
    }
    assertThat(statuses).hasSizeGreaterThan(LIMITS.requestsPerMinute()).endsWith(429);
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    assertThat(last.body()).contains("100 requests in a minute");
    assertThat(ask(at("health/live")).statusCode()).isEqualTo(200);
  }

  @Test
  void aClientHasSoManyStreamsAtATimeAndNoMore() throws Exception {
    HttpRequest.Builder replay = withToken("api/recordings/demo.wav").POST(BodyPublishers.noBody());
    assertThat(ask(replay).statusCode()).isEqualTo(202);
    WebSocket microphone =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + TOKEN)
            .buildAsync(
                URI.create(page.address().replaceFirst("http", "ws") + "ws/microphone?rate=16000"),
                new WebSocket.Listener() {})
            .join();
    await().until(() -> intake.opened == 1);
    HttpResponse<String> refused = ask(replay);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("2 recordings and microphones");

    microphone.abort();
    await().until(() -> ask(replay).statusCode() == 202);
    assertThat(intake.replays).isEqualTo(2);
  }

  @Test
  void aClientThatLooksOnTooOftenIsSentAway() throws Exception {
    List<WebSocket> open = new ArrayList<>();
    List<Integer> closed = new ArrayList<>();
    for (int i = 0; i < LIMITS.viewersPerClient() + 1; i++) {
      open.add(
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + TOKEN)
              .buildAsync(
                  URI.create(page.address().replaceFirst("http", "ws") + "ws/live"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
                      closed.add(status);
                      return null;
                    }
                  })
              .join());
    }
    await().until(() -> closed.equals(List.of(1013)));
    open.forEach(WebSocket::abort);
  }

  @Test
  void aFileThatIsTooLargeIsRefusedByItsLengthAndByItsBytes() throws Exception {
    HttpResponse<String> refused =
        ask(withToken("api/replays").POST(BodyPublishers.ofByteArray(new byte[1_000_001])));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("1 MB");
    assertThat(
            ask(withToken("api/replays")
                    .POST(
                        BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(new byte[1_000_001]))))
                .statusCode())
        .isEqualTo(413);
    assertThat(intake.replays).isZero();
    assertThat(
            ask(withToken("api/replays").POST(BodyPublishers.ofByteArray(new byte[1_000_000])))
                .statusCode())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../../../../../etc/passwd",
        "/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/%2e%2e%5c%2e%2e%5cetc%5cpasswd",
        "//etc/passwd",
        "/file:/etc/passwd",
        "/web/../../etc/passwd",
        "/..;/..;/etc/passwd",
        "/app.js%00.html",
        "/api/recordings/..%2f..%2fetc%2fpasswd",
        "/api/streams/..%2f..%2fetc%2fpasswd/audio.wav?from=0&to=1",
        "/../org/digitstream/dashboards/web/LivePage.class"
      })
  void noPathReachesAFile(String path) throws Exception {
    String answer =
        raw("GET " + path + " HTTP/1.1", "Host: localhost", "Authorization: Bearer " + TOKEN);
    assertThat(answer).matches("(?s)HTTP/1.1 40[0-9] .*").doesNotContain("root:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "app.js", "api/recordings", "nowhere", "health/live"})
  void everyAnswerSaysWhatABrowserMayNotDo(String path) throws Exception {
    HttpResponse<String> answer = ask(withToken(path));
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .contains("base-uri 'none'")
        .doesNotContain("unsafe")
        .doesNotContain("*");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void nothingIsOpenToOthersWithoutAToken() {
    assertThatThrownBy(() -> served(Optional.empty(), "0.0.0.0", false, LIMITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("token");
  }

  @Test
  void aTokenHidesItself() {
    assertThat(token.toString()).doesNotContain(TOKEN);
    assertThatThrownBy(() -> AccessToken.of("tooshort"))
        .hasMessageContaining("has 8")
        .hasMessageNotContaining("tooshort");
    assertThat(token.cookie()).doesNotContain(TOKEN).isEqualTo(AccessToken.of(TOKEN).cookie());
  }
}
