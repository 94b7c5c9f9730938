package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, features and inference in processes of their own, exactly once on three partitions: the
 * same events to the bit as in one process.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SeparateProcessesIT {
  /** A program in a process of its own. */
  private static final class Running {
    private final Process process;
    private final BufferedReader out;

    Running(String... arguments) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx384m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName()));
      command.addAll(Arrays.asList(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("OMP_NUM_THREADS", "1");
      process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The first group of the first line that the pattern is found in. */
    String await(String pattern) throws IOException {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher matcher = Pattern.compile(pattern).matcher(line);
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
      throw new AssertionError("the process ended without printing " + pattern);
    }

    int stop() throws InterruptedException {
      process.destroy();
      return process.waitFor();
    }
  }

  private static final List<String> STRINGS =
      List.of("3", "7", "37", "73", "337", "773", "3773737");
  private static final int DIGITS = STRINGS.stream().mapToInt(String::length).sum();

  @TempDir Path folder;
  private final List<Running> running = new ArrayList<>();

  @AfterEach
  void stopAll() {
    running.forEach(program -> program.process.destroyForcibly());
  }

  @Test
  void sayTheSameToTheBitAsOneProcess() throws Exception {
    String model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    Path recordings = Files.createDirectory(folder.resolve("recordings"));
    for (String digits : STRINGS) {
      ToneRecording.write(recordings.resolve(digits + "_tone_0.wav"), digits);
    }

    Running broker = start("broker", "--port", "0");
    String servers = broker.await("broker at (\\S+),");
    Running features = startService("features", servers, model);
    Running inference = startService("inference", servers, model);
    String operations = features.await("health and metrics at ([^)]+)\\)");
    inference.await("(inference is running)");

    Program apart = replay(recordings, model, "apart", "--bootstrap-servers", servers);
    Program together = replay(recordings, model, "together");

    assertThat(apart.err()).isEmpty();
    assertThat(apart.exitCode()).isZero();
    assertThat(together.exitCode()).isZero();
    List<String> events = Files.readAllLines(folder.resolve("apart"));
    assertThat(events).hasSize(DIGITS).isEqualTo(Files.readAllLines(folder.resolve("together")));

    assertThat(get(operations + "/health/ready")).contains("\"status\":\"up\"");
    assertThat(get(operations + "/metrics")).contains("digitstream_frames_total");
    Program printed = Program.run("events", "--json", "--all", "--bootstrap-servers", servers);
    assertThat(printed.out().lines()).hasSize(DIGITS + STRINGS.size());
    assertThat(printed.err()).isEmpty();

    assertThat(features.stop()).isZero();
    assertThat(inference.stop()).isZero();
    assertThat(broker.stop()).isZero();
  }

  private Running startService(String name, String servers, String model) throws IOException {
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

  private Running start(String... arguments) throws IOException {
    Running program = new Running(arguments);
    running.add(program);
    return program;
  }

  private Program replay(Path recordings, String model, String events, String... further) {
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
