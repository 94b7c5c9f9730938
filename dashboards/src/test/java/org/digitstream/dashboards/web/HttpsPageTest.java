package org.digitstream.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.Scorer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page over HTTPS, with a certificate that the JDK's own tool makes. */
class HttpsPageTest {
  private static final String PASSWORD = "of-the-keystore";

  @TempDir static Path folder;
  private static Path keystore;

  @BeforeAll
  static void makeKeystore() throws Exception {
    keystore = folder.resolve("page.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "page",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD)
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(keytool.exitValue()).isZero();
  }

  private static ServerCertificate certificate(String password, Instant now) throws Exception {
    try (InputStream in = Files.newInputStream(keystore)) {
      return ServerCertificate.read(in, password, "page.p12", Date.from(now));
    }
  }

  private static SSLContext trusting() throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    KeyStore made = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
    known.setCertificateEntry("page", made.getCertificate("page"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void isServedWithItsSocketsAndASecureCookieAndNotOverHttp() throws Exception {
    AccessToken token = AccessToken.of("a-token-of-a-test");
    HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
    try (LivePage page =
        new LivePage(
            new PageAccess(
                "127.0.0.1",
                0,
                Optional.of(token),
                Set.of(),
                Optional.of(certificate(PASSWORD, Instant.now())),
                false,
                PageLimits.DEFAULT),
            new LivePage.About("1", "m", List.of("0"), List.of(1.0)),
            new LiveStreams(
                FeatureSpec.WIDEBAND, UtteranceGrouper.DEFAULT_PAUSE, Clock.systemUTC()),
            new Gauges(0),
            new Scoreboard(Scorer.NOTHING),
            Optional.empty(),
            routes -> {},
            Clock.systemUTC())) {
      assertThat(page.entrance())
          .startsWith("https://127.0.0.1:")
          .endsWith("?token=" + token.reveal());
      HttpResponse<String> entered =
          client.send(
              HttpRequest.newBuilder(URI.create(page.entrance())).build(), BodyHandlers.ofString());
      String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("; Secure");
      client
          .newWebSocketBuilder()
          .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
          .header("Origin", page.address().replaceFirst("/$", ""))
          .buildAsync(
              URI.create(page.address().replaceFirst("https", "wss") + "ws/live"),
              new WebSocket.Listener() {})
          .get(20, TimeUnit.SECONDS)
          .abort();
      assertThatThrownBy(
              () ->
                  client.send(
                      HttpRequest.newBuilder(URI.create(page.address().replace("https", "http")))
                          .timeout(Duration.ofSeconds(20))
                          .build(),
                      BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aKeystoreThatCannotBeUsedIsToldWithoutItsPassword() {
    assertThatThrownBy(() -> certificate("another-password", Instant.now()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the password of page.p12 is wrong");
    assertThatThrownBy(() -> certificate(PASSWORD, Instant.now().plus(Duration.ofDays(30))))
        .hasMessageContaining("page.p12 has expired");
    assertThatThrownBy(
            () ->
                ServerCertificate.read(
                    new ByteArrayInputStream(new byte[40]), PASSWORD, "x.p12", new Date()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x.p12")
        .hasMessageNotContaining(PASSWORD);
  }
}
