package org.digitstream.runtime.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.digitstream.contract.GapReason;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsServerTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<Health> broker = new AtomicReference<>(Health.up("1 broker"));
  private final ServiceHealth health = new ServiceHealth("starting");
  private final HttpClient client = HttpClient.newHttpClient();
  private OperationsServer server;

  @BeforeEach
  void start() {
    health.running(
        List.of(new HealthCheck("process", () -> Health.up("running"))),
        List.of(
            new HealthCheck("broker", broker::get),
            new HealthCheck("model", () -> Health.up("loaded"))));
    server = new OperationsServer(OperationsServer.LOOPBACK, 0, registry, health);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aNameOfSomebodyElseThatPointsHereIsRefused() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403 ")
          .doesNotContain("# HELP");
    }
  }

  @Test
  void metricsArePrometheusTextUnderTheDocumentedNames() throws Exception {
    Meters meters = new Meters(registry, "features");
    meters.chunk(320, 16_000);
    meters.gap(GapReason.DEVICE_LOST, 1.5);
    meters.gap(GapReason.NONE, 0.5);
    meters.duplicate(0.25);
    meters.frames(2);
    meters.streamEnded();
    meters.streamIncomplete();
    meters.inference(Duration.ofMillis(1));
    meters.event(7, Duration.ofMillis(42));
    meters.event(7, Duration.ofDays(30_000));
    meters.event(7, Duration.ofMillis(-1));
    meters.deadLetter("audio-chunks", DeadLetterReason.NO_KEY);
    meters.model("digits-1", "wideband-2");
    HttpResponse<String> response = read("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain");
    assertThat(response.body().lines())
        .contains(
            "digitstream_audio_seconds_total{service=\"features\"} 0.02",
            "digitstream_chunks_total{service=\"features\"} 1.0",
            "digitstream_gaps_total{reason=\"device-lost\",service=\"features\"} 1.0",
            "digitstream_gap_seconds_total{reason=\"device-lost\",service=\"features\"} 1.5",
            "digitstream_gaps_total{reason=\"unexplained\",service=\"features\"} 1.0",
            "digitstream_duplicate_seconds_total{service=\"features\"} 0.25",
            "digitstream_frames_total{service=\"features\"} 2.0",
            "digitstream_streams_total{outcome=\"ended\",service=\"features\"} 1.0",
            "digitstream_streams_total{outcome=\"incomplete\",service=\"features\"} 1.0",
            "digitstream_windows_total{service=\"features\"} 1.0",
            "digitstream_inference_seconds_count{service=\"features\"} 1",
            "digitstream_events_total{digit=\"7\",service=\"features\"} 3.0",
            "digitstream_event_latency_seconds_bucket{service=\"features\",le=\"0.05\"} 1",
            "digitstream_event_latency_seconds_count{service=\"features\"} 1",
            "digitstream_dead_letters_total{reason=\"no-key\",service=\"features\","
                + "topic=\"audio-chunks\"} 1.0",
            "digitstream_model{feature_spec=\"wideband-2\",model=\"digits-1\","
                + "service=\"features\"} 1.0");
  }

  @Test
  void readinessListsEachCheckAndFailsWithAny() throws Exception {
    HttpResponse<String> ready = read("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(json(ready).at("/checks/broker/status").asText()).isEqualTo("up");

    broker.set(Health.down("no answer"));
    HttpResponse<String> unready = read("/health/ready");
    assertThat(unready.statusCode()).isEqualTo(503);
    assertThat(json(unready).at("/status").asText()).isEqualTo("down");
    assertThat(json(unready).at("/checks/broker/detail").asText()).isEqualTo("no answer");
    assertThat(json(unready).at("/checks/model/status").asText()).isEqualTo("up");
    assertThat(read("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aServiceThatComesUpOrGoesDownIsAliveAndNotReadyAndSaysWhy() throws Exception {
    health.notReady("loading the model");
    assertThat(health.isReady()).isFalse();
    HttpResponse<String> unready = read("/health/ready");
    assertThat(unready.statusCode()).isEqualTo(503);
    assertThat(json(unready).at("/checks/started/detail").asText()).isEqualTo("loading the model");
    assertThat(read("/health/live").statusCode()).isEqualTo(200);

    health.running(List.of(), List.of(new HealthCheck("broker", broker::get)));
    assertThat(health.isReady()).isTrue();
    assertThat(read("/health/ready").statusCode()).isEqualTo(200);
    broker.set(Health.down("no answer"));
    assertThat(health.isReady()).isFalse();
  }

  @Test
  void aCheckThatThrowsIsDown() throws Exception {
    broker.set(null);
    assertThat(read("/health/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(
            () -> new OperationsServer(OperationsServer.LOOPBACK, server.port(), registry, health))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  @Test
  void unknownPathsAreNotFound() throws Exception {
    assertThat(read("/").statusCode()).isEqualTo(404);
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private HttpResponse<String> read(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
