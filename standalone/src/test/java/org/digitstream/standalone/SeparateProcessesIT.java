package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.replay.EventLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, features and inference in processes of their own, exactly once on three partitions: the
 * same events to the bit as in one process.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SeparateProcessesIT {
  private static final List<String> STRINGS =
      List.of("3", "7", "37", "73", "337", "773", "3773737");
  private static final int DIGITS = STRINGS.stream().mapToInt(String::length).sum();

  @TempDir Path folder;
  private String model;
  private Path recordings;
  private final List<ChildProgram> running = new ArrayList<>();

  @BeforeEach
  void layOut() throws IOException {
    model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    recordings = Files.createDirectory(folder.resolve("recordings"));
  }

  @AfterEach
  void stopAll() {
    running.forEach(ChildProgram::close);
  }

  @Test
  void sayTheSameToTheBitAsOneProcess() throws Exception {
    for (String digits : STRINGS) {
      ToneRecording.write(recordings.resolve(digits + "_tone_0.wav"), digits);
    }

    ChildProgram broker = start("broker", "--port", "0");
    String servers = broker.await("broker at (\\S+),");
    ChildProgram features = startService("features", servers);
    ChildProgram inference = startService("inference", servers);
    String operations = features.await("health and metrics at ([^)]+)\\)");
    inference.await("(inference is running)");

    Program apart = replay("apart", "--bootstrap-servers", servers);
    Program together = replay("together");

    assertThat(apart.complaints()).isEmpty();
    assertThat(apart.exitCode()).isZero();
    assertThat(together.exitCode()).isZero();
    List<String> events = Files.readAllLines(folder.resolve("apart"));
    assertThat(events).hasSize(DIGITS).isEqualTo(Files.readAllLines(folder.resolve("together")));

    assertThat(get(operations + "/health/ready")).contains("\"status\":\"up\"");
    assertThat(get(operations + "/metrics")).contains("digitstream_frames_total");
    Program printed = Program.run("events", "--json", "--all", "--bootstrap-servers", servers);
    assertThat(printed.out().lines()).hasSize(DIGITS + STRINGS.size());
    assertThat(printed.err()).isEmpty();

    assertThat(features.terminate()).isZero();
    assertThat(inference.terminate()).isZero();
    assertThat(broker.terminate()).isZero();
  }

  @Test
  void sayTheSameToTheBitWhenTheyAreKilledInMidStreamAndStartedAgain() throws Exception {
    List<String> files = List.of("first.wav", "second.wav");
    ToneRecording.write(recordings.resolve(files.get(0)), "3773".repeat(10));
    ToneRecording.write(recordings.resolve(files.get(1)), "7337".repeat(10));
    String servers = start("broker", "--port", "0").await("broker at (\\S+),");
    ChildProgram features = startService("features", servers);
    ChildProgram inference = startService("inference", servers);
    features.await("(features is running)");
    inference.await("(inference is running)");
    List<StreamEvent> events = new CopyOnWriteArrayList<>();

    try (EventReader reader =
        new EventReader(
            KafkaConnection.to(servers),
            ReadFrom.earliest(),
            received -> events.add(received.event()),
            new Meters(new SimpleMeterRegistry(), "test"),
            Clock.systemUTC())) {
      reader.start();
      ChildProgram ingest =
          start(
              "ingest",
              recordings.toString(),
              "--speed",
              "2",
              "--model",
              model,
              "--operations-port",
              "0",
              "--bootstrap-servers",
              servers);
      awaitEvents(events, DigitEvent.class, 5);
      inference.kill();
      features.kill();
      assertThat(ends(events)).isEmpty();
      startService("features", servers);
      startService("inference", servers);

      assertThat(ingest.exitCode()).as(ingest.toString()).isZero();
      awaitEvents(events, StreamEnd.class, files.size());
    }
    Program undisturbed = replay("undisturbed");

    assertThat(undisturbed.exitCode()).isZero();
    assertThat(EventLines.of(digitsByFile(events)))
        .hasSize(80)
        .isEqualTo(Files.readAllLines(folder.resolve("undisturbed")));
    assertThat(ends(events).stream().map(StreamEnd::source))
        .containsExactlyInAnyOrderElementsOf(files);
  }

  private static void awaitEvents(
      List<StreamEvent> events, Class<? extends StreamEvent> type, int count) {
    await()
        .atMost(ChildProgram.PATIENCE)
        .until(() -> events.stream().filter(type::isInstance).count() >= count);
  }

  private static List<StreamEnd> ends(List<StreamEvent> events) {
    return events.stream().filter(StreamEnd.class::isInstance).map(StreamEnd.class::cast).toList();
  }

  private Map<String, List<DigitEvent>> digitsByFile(List<StreamEvent> events) {
    return events.stream()
        .filter(DigitEvent.class::isInstance)
        .map(DigitEvent.class::cast)
        .collect(Collectors.groupingBy(digit -> recordings.resolve(digit.source()).toString()));
  }

  private ChildProgram startService(String name, String servers) throws IOException {
    return start(
        name,
        "--bootstrap-servers",
        servers,
        "--model",
        model,
        "--partitions",
        "3",
        "--operations-port",
        "0");
  }

  private ChildProgram start(String... arguments) throws IOException {
    ChildProgram program = ChildProgram.start(arguments);
    running.add(program);
    return program;
  }

  private Program replay(String events, String... further) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                recordings.toString(),
                "--model",
                model,
                "--events",
                folder.resolve(events).toString()));
    arguments.addAll(Arrays.asList(further));
    return Program.run(arguments.toArray(new String[0]));
  }

  private static String get(String address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
