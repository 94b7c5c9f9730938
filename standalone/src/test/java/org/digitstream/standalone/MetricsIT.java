package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What services in processes of their own tell about themselves. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MetricsIT {
  private static final String SAID = "3773737".repeat(4);

  /** The page has seen all of the recording, and knows what was said in it. */
  private static final String SCORED =
      "digitstream_score_recordings_total\\{outcome=\"right\",service=\"page\"} 1";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ChildProgram> running = new ArrayList<>();
  private String model;

  @BeforeEach
  void layOut() throws IOException {
    model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
  }

  @AfterEach
  void stopAll() {
    running.forEach(ChildProgram::close);
  }

  @Test
  void everyMeterOfTheTableIsInAScrapeOfItsServices() throws Exception {
    Path recording = ToneRecording.write(folder.resolve("tones.wav"), SAID);
    ChildProgram broker = start("broker", "--port", "0");
    String servers = broker.await("broker at (\\S+),");
    String features = service("features", servers).await("health and metrics at ([^)]+)\\)");
    String inference = service("inference", servers).await("health and metrics at ([^)]+)\\)");
    String page = page("page", "--bootstrap-servers", servers, "--partitions", "3");
    String ingest =
        service("ingest", servers, recording.toString(), "--speed", "realtime")
            .await("health and metrics at ([^)]+)\\)");

    // Kafka's own, and the lag, appear some seconds later than ours.
    String ofIngest = scrapeOnceItHas(ingest, "kafka_producer_record_send_total");
    String ofInference =
        scrapeOnceItHas(
            inference,
            "digitstream_event_latency_seconds_count\\{service=\"inference\"} [1-9]",
            "digitstream_consumer_lag_committed_records",
            "kafka_consumer_fetch_manager_records_lag");
    String ofFeatures =
        scrapeOnceItHas(
            features,
            "digitstream_consumer_lag_committed_records",
            "kafka_consumer_fetch_manager_records_lag");
    String ofPage = scrapeOnceItHas(page, SCORED);

    for (Row row : table()) {
      if (row.services().contains("ingest")) {
        assertThat(ofIngest).containsPattern(sample(row.meter(), "ingest"));
      }
      if (row.services().contains("features")) {
        assertThat(ofFeatures).containsPattern(sample(row.meter(), "features"));
      }
      if (row.services().contains("inference")) {
        assertThat(ofInference).containsPattern(sample(row.meter(), "inference"));
      }
      if (row.services().contains("page")) {
        assertThat(ofPage).containsPattern(sample(row.meter(), "page"));
      }
    }
    assertThat(ofPage)
        .as("what comes with audio that people bring")
        .contains("digitstream_ready{service=\"ingest\"} 1")
        .contains("digitstream_gaps_total{reason=\"overrun\",service=\"ingest\"} 0");
    assertThat(List.of(ofIngest, ofFeatures, ofInference, ofPage))
        .allSatisfy(
            scrape ->
                assertThat(scrape)
                    .contains("digitstream_ready{")
                    .contains("jvm_memory_used_bytes{")
                    .contains("process_cpu_usage ")
                    // Few enough to read.
                    .satisfies(all -> assertThat(samples(all)).isLessThan(400)));
    assertThat(List.of(ofFeatures, ofInference))
        .allSatisfy(
            scrape ->
                assertThat(scrape)
                    .contains("kafka_stream_thread_process_ratio{")
                    .contains("kafka_admin_client_connection_count{")
                    .contains("kafka_producer_record_send_total{")
                    .contains("digitstream_consumer_lag_committed_records{partition=\"2\""));

    assertThat(get(features + "/health/ready").statusCode()).isEqualTo(200);
    assertThat(get(page + "/health/ready").statusCode()).isEqualTo(200);
    broker.kill();
    assertNotReadyWithoutABroker("features", features);
    assertNotReadyWithoutABroker("page", page);
  }

  @Test
  void servicesInOneProcessShowTheMetersOfAll() throws Exception {
    Path recording = ToneRecording.write(folder.resolve("tones.wav"), SAID);
    String serve = page("serve");
    PageGuest guest = new PageGuest(serve);
    guest.drop(recording);

    String scrape =
        scrapeOnceItHas(
            serve,
            SCORED,
            "digitstream_consumer_lag_committed_records\\{[^}]*service=\"features\"",
            "digitstream_consumer_lag_committed_records\\{[^}]*service=\"inference\"",
            "kafka_producer_record_send_total\\{[^}]*service=\"ingest\"");

    for (Row row : table()) {
      for (String service : row.services()) {
        assertThat(scrape).containsPattern(sample(row.meter(), service));
      }
    }
    assertThat(scrape).contains("jvm_memory_used_bytes{", "process_cpu_usage ");
    assertThat(samples(scrape)).isLessThan(800);
    assertThat(get(serve + "/health/live").statusCode()).isEqualTo(200);
    assertThat(get(serve + "/health/ready").statusCode()).isEqualTo(200);
    assertThat(guest.readiness().path("checks").fieldNames())
        .toIterable()
        .contains("broker", "page")
        .hasSize(4);
  }

  private void assertNotReadyWithoutABroker(String service, String address) throws Exception {
    await(service + " is not ready without a broker")
        .atMost(ChildProgram.PATIENCE)
        .until(() -> get(address + "/health/ready").statusCode() == 503);
    JsonNode health = json(get(address + "/health/ready"));
    assertThat(health.at("/checks/broker/status").asText()).isEqualTo("down");
    assertThat(health.at("/checks/broker/detail").asText()).contains("127.0.0.1");
    assertThat(get(address + "/health/live").statusCode()).isEqualTo(200);
    assertThat(get(address + "/metrics").body())
        .contains("digitstream_ready{service=\"" + service + "\"} 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "features", "inference", "page"})
  void aServiceThatWaitsForItsBrokerIsAliveAndNotReady(String service) throws Exception {
    int port = freePort();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                service,
                "--model",
                model,
                "--bootstrap-servers",
                "127.0.0.1:" + freePort(),
                service.equals("page") ? "--port" : "--operations-port",
                Integer.toString(port)));
    if (service.equals("ingest")) {
      arguments.add(ToneRecording.write(folder.resolve("3.wav"), "3").toString());
    }
    start(arguments.toArray(new String[0]));
    String address = "http://127.0.0.1:" + port;
    assertNotReadyAtFirst(address, "waiting for the broker");
  }

  @Test
  void serveIsAliveAndNotReadyWhileItStarts() throws Exception {
    int port = freePort();
    ChildProgram serve = start("serve", "--model", model, "--port", Integer.toString(port));
    String address = "http://127.0.0.1:" + port;
    assertNotReadyAtFirst(address, "loading the model and starting the broker");

    serve.await("(page at) ");
    assertThat(get(address + "/health/ready").statusCode()).isEqualTo(200);
  }

  private void assertNotReadyAtFirst(String address, String reason) throws Exception {
    HttpResponse<String> told =
        await("health is served from the beginning")
            .atMost(ChildProgram.PATIENCE)
            .pollInterval(100, TimeUnit.MILLISECONDS)
            .ignoreExceptionsInstanceOf(ConnectException.class)
            .until(() -> get(address + "/health/ready"), answer -> answer.body().contains(reason));
    assertThat(told.statusCode()).isEqualTo(503);
    assertThat(get(address + "/health/live").statusCode()).isEqualTo(200);
  }

  /** A row of the table in docs/metrics.md. */
  private record Row(String meter, List<String> services) {}

  private static List<Row> table() throws IOException {
    List<Row> rows = new ArrayList<>();
    Matcher row =
        Pattern.compile(
                "^\\| `(digitstream_\\w+)` \\|[^|]*\\|[^|]*\\|([^|]*)\\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (row.find()) {
      rows.add(new Row(row.group(1), List.of(row.group(2).trim().split(", "))));
    }
    assertThat(rows).hasSizeGreaterThan(15);
    return rows;
  }

  /** A histogram has no sample of its bare name. */
  private static Pattern sample(String meter, String service) {
    return Pattern.compile(
        "^" + meter + "(_count)?\\{[^}]*service=\"" + service + "\"", Pattern.MULTILINE);
  }

  private String scrapeOnceItHas(String address, String... patterns) {
    return await(String.join(", ", patterns) + " at " + address)
        .atMost(ChildProgram.PATIENCE)
        .until(
            () -> get(address + "/metrics").body(),
            body ->
                Stream.of(patterns)
                    .allMatch(pattern -> Pattern.compile(pattern).matcher(body).find()));
  }

  private static long samples(String scrape) {
    return scrape.lines().filter(line -> !line.startsWith("#")).count();
  }

  private ChildProgram service(String name, String servers, String... further) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                name,
                "--bootstrap-servers",
                servers,
                "--model",
                model,
                "--partitions",
                "3",
                "--operations-port",
                "0"));
    arguments.addAll(List.of(further));
    return start(arguments.toArray(new String[0]));
  }

  /** Starts what serves the page; its address. */
  private String page(String command, String... further) throws IOException {
    Path transcripts =
        Files.writeString(folder.resolve(command + ".tsv"), "tones.wav\t" + SAID + "\n");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command, "--port", "0", "--model", model, "--transcripts", transcripts.toString()));
    arguments.addAll(List.of(further));
    return start(arguments.toArray(new String[0])).await("page at (\\S+)/ ");
  }

  private ChildProgram start(String... arguments) throws IOException {
    ChildProgram program = ChildProgram.start(arguments);
    running.add(program);
    return program;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }
}
