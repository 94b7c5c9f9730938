package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code docker-compose.yml} without containers: each of our services' exact command and
 * environment, as processes of the launcher that is the image's entry point. Only what a container
 * has of its own differs: addresses, ports and folders.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ComposeFileIT {
  private static final Path COMPOSE = Path.of("../docker-compose.yml");
  private static final String TOKEN = "the-token-of-a-compose-file";
  private static final Path RECORDINGS = Path.of("src/main/resources/recordings");

  /** Ours that run until they are stopped. */
  private static final List<String> SERVICES = List.of("features", "inference", "page");

  /** Ours that this test does not run: a microphone takes a device. */
  private static final List<String> LEFT_OUT = List.of("microphone");

  @TempDir Path folder;
  private final JsonNode services;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> ports = new HashMap<>();
  private final List<ChildProgram> running = new ArrayList<>();

  ComposeFileIT() throws IOException {
    services = yaml(COMPOSE).get("services");
  }

  @AfterEach
  void stopAll() {
    running.forEach(ChildProgram::close);
  }

  @Test
  void itsServicesTurnRecordingsIntoDigitsAndAnswer() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "launcher and probes are shell scripts");
    ChildProgram broker = ChildProgram.start("broker", "--port", "0");
    running.add(broker);
    String servers = broker.await("broker at (\\S+),");

    assertThat(run("topics", servers).exitCode()).isZero();
    Map<String, ChildProgram> started = new TreeMap<>();
    for (String service : SERVICES) {
      started.put(service, run(service, servers));
    }
    for (String service : SERVICES) {
      await(service + " is ready: " + started.get(service))
          .atMost(ChildProgram.PATIENCE)
          .until(() -> isHealthy(service));
      assertThat(get(service, "/metrics").body())
          .contains("digitstream_ready{service=\"" + service + "\"} 1");
    }

    List<StreamEvent> events = new CopyOnWriteArrayList<>();
    try (EventReader reader =
        new EventReader(
            KafkaConnection.to(servers),
            ReadFrom.earliest(),
            received -> events.add(received.event()),
            new Meters(new SimpleMeterRegistry(), "test"),
            Clock.systemUTC())) {
      reader.start();
      ChildProgram ingest = run("ingest", servers);
      assertThat(ingest.exitCode()).as(ingest.toString()).isZero();
      await()
          .atMost(ChildProgram.PATIENCE)
          .until(() -> events.stream().filter(StreamEnd.class::isInstance).count() == 2);
    }
    assertThat(digitsBySource(events))
        .isEqualTo(Map.of("5_rms-16bit_85.wav", "5", "8_slt-16bit_100.wav", "8"));
    assertThePageShowsThemAndTakesAFile();
    started.values().forEach(ComposeFileIT::assertEndsWell);
  }

  private void assertThePageShowsThemAndTakesAFile() throws Exception {
    assertThat(get("page", "/").statusCode()).isEqualTo(401);
    PageGuest guest = new PageGuest("http://127.0.0.1:" + port("page") + "?token=" + TOKEN);
    HttpResponse<String> html = guest.get("");
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(html.body()).contains("<title>digitstream</title>");

    PageGuest.Viewer viewer = guest.watch(guest.drop(RECORDINGS.resolve("7_gb-8bit_150.wav")));
    assertThat(viewer.awaitEnd().path("digits").asInt()).isEqualTo(1);
    assertThat(viewer.digits()).isEqualTo("7");
    await("all that is drawn comes through")
        .atMost(ChildProgram.PATIENCE)
        .until(
            () ->
                viewer.saw(PageGuest.FRAMES)
                    && viewer.saw(PageGuest.OUTPUTS)
                    && viewer.saw(PageGuest.LEVELS));
    await("the recordings that ingest sent are on the page, too, and scored")
        .atMost(ChildProgram.PATIENCE)
        .until(
            () ->
                get("page", "/metrics")
                    .body()
                    .contains(
                        "digitstream_score_recordings_total{outcome=\"right\",service=\"page\"} 3"));
  }

  @Test
  void everyServiceOfOursIsRunHereOrLeftOutByName() {
    List<String> ours = new ArrayList<>();
    services
        .properties()
        .forEach(
            entry -> {
              if (isOurs(entry.getValue())) {
                ours.add(entry.getKey());
              }
            });
    List<String> known = new ArrayList<>(SERVICES);
    known.addAll(LEFT_OUT);
    known.addAll(List.of("topics", "ingest"));
    assertThat(ours).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void theImageRunsTheLauncher() throws IOException {
    assertThat(Files.readString(Path.of("../Dockerfile")))
        .contains("COPY --from=build /build/digitstream /opt/digitstream/digitstream")
        .contains("ENV DIGITSTREAM_SKIP_BUILD=1")
        .contains("ENTRYPOINT [\"/opt/digitstream/digitstream\"]");
  }

  @Test
  void prometheusScrapesThePortsThatTheServicesServeAt() throws IOException {
    JsonNode scrape =
        yaml(Path.of("../dashboards/prometheus/prometheus-compose.yml"))
            .at("/scrape_configs/0/dns_sd_configs");
    Map<String, String> scraped = new TreeMap<>();
    scrape.forEach(
        job ->
            job.get("names").forEach(name -> scraped.put(name.asText(), job.get("port").asText())));
    Map<String, String> served = new TreeMap<>();
    services
        .properties()
        .forEach(
            entry -> {
              List<String> command = texts(entry.getValue().get("command"));
              int option =
                  Math.max(command.indexOf("--operations-port"), command.indexOf("--port"));
              if (isOurs(entry.getValue()) && option >= 0) {
                served.put(entry.getKey(), command.get(option + 1));
              }
            });
    assertThat(scraped).isEqualTo(served);
  }

  /** With what the keys {@code <<} stand for, which Jackson does not put in by itself. */
  private static JsonNode yaml(Path file) throws IOException {
    return new ObjectMapper()
        .valueToTree(
            new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
  }

  /** Starts the service as its container would be. */
  private ChildProgram run(String service, String servers) throws IOException {
    List<String> command = new ArrayList<>();
    for (String argument : texts(services.at("/" + service + "/command"))) {
      command.add(outsideAContainer(service, argument, servers));
    }
    Map<String, String> environment = new HashMap<>();
    JsonNode given = services.at("/" + service + "/environment");
    given
        .fieldNames()
        .forEachRemaining(
            name ->
                environment.put(
                    name, given.get(name).asText().replace("${DIGITSTREAM_PAGE_TOKEN:-}", TOKEN)));
    ChildProgram program = ChildProgram.startLauncher(environment, command);
    running.add(program);
    return program;
  }

  private String outsideAContainer(String service, String argument, String servers)
      throws IOException {
    return switch (argument) {
      case "kafka:29092" -> servers;
      case "0.0.0.0" -> "127.0.0.1";
      case "/recordings" -> twoRecordings().toString();
      case "9401", "9402", "9403", "8080" -> Integer.toString(port(service));
      default -> argument;
    };
  }

  private Path twoRecordings() throws IOException {
    Path recordings = Files.createDirectory(folder.resolve("recordings"));
    for (String name : List.of("5_rms-16bit_85.wav", "8_slt-16bit_100.wav")) {
      Files.copy(RECORDINGS.resolve(name), recordings.resolve(name));
    }
    return recordings;
  }

  private int port(String service) throws IOException {
    Integer known = ports.get(service);
    if (known == null) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        known = socket.getLocalPort();
      }
      ports.put(service, known);
    }
    return known;
  }

  /** What the health check of its container says. */
  private boolean isHealthy(String service) throws IOException, InterruptedException {
    List<String> probe = new ArrayList<>();
    for (String argument : texts(services.at("/" + service + "/healthcheck/test"))) {
      probe.add(
          argument
              .replace("$$", "$")
              .replaceAll("127\\.0\\.0\\.1/\\d+", "127.0.0.1/" + port(service)));
    }
    assertThat(probe.get(0)).isEqualTo("CMD");
    return new ProcessBuilder(probe.subList(1, probe.size()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private HttpResponse<String> get(String service, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(service) + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static boolean isOurs(JsonNode service) {
    return service.path("image").asText().startsWith("digitstream:");
  }

  private static List<String> texts(JsonNode list) {
    return list == null
        ? List.of()
        : StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static void assertEndsWell(ChildProgram program) {
    try {
      assertThat(program.terminate()).as(program.toString()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> digitsBySource(List<StreamEvent> events) {
    return events.stream()
        .filter(DigitEvent.class::isInstance)
        .map(DigitEvent.class::cast)
        .collect(
            Collectors.groupingBy(
                DigitEvent::source,
                Collectors.mapping(
                    digit -> Integer.toString(digit.digit()), Collectors.joining())));
  }
}
