package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command that needs a broker says so within 15 seconds where there is none. */
class UnreachableBrokerIT {
  @TempDir Path folder;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void isNamedByEveryCommandThatNeedsIt() throws IOException {
    String model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    String recording = ToneRecording.write(folder.resolve("x.wav"), "3").toString();
    String nobody = addressOfNobody();

    List<List<String>> commands =
        List.of(
            List.of("events"),
            List.of("replay", recording, "--model", model),
            List.of("topics"),
            List.of("page", "--model", model, "--port", "0"),
            List.of("ingest", recording, "--model", model, "--operations-port", "0"),
            List.of("features", "--model", model, "--operations-port", "0"),
            List.of("inference", "--model", model, "--operations-port", "0"));
    ExecutorService threads = Executors.newFixedThreadPool(commands.size());
    try {
      CompletableFuture.allOf(
              commands.stream()
                  .map(
                      command ->
                          CompletableFuture.runAsync(() -> assertNamed(command, nobody), threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  private static void assertNamed(List<String> arguments, String nobody) {
    String[] all = new String[arguments.size() + 2];
    arguments.toArray(all);
    all[all.length - 2] = "--bootstrap-servers";
    all[all.length - 1] = nobody;

    long start = System.nanoTime();
    Program refused = Program.run(all);
    Duration time = Duration.ofNanos(System.nanoTime() - start);

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.err())
        .contains("digitstream: ")
        .contains(nobody)
        .contains("Check that the broker runs")
        .doesNotContain("\tat ");
    // What the user is promised; the program gives up after 10 s.
    assertThat(time).isCloseTo(Duration.ZERO, Duration.ofSeconds(15));
  }

  private static String addressOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }
}
