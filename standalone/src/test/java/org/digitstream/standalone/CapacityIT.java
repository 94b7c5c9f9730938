package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, all services, and two streams for a few seconds. */
class CapacityIT {
  @TempDir Path folder;

  @Test
  void aFewStreamsAreMeasuredInAllThatTheReportTells() throws IOException {
    Path report = folder.resolve("capacity.json");
    Path plot = folder.resolve("capacity.png");

    Program program =
        Program.run(
            "capacity",
            "--from=2",
            "--to=2",
            "--seconds=6",
            "--warm-up=1",
            "--trials=1",
            // However slow this machine is just now.
            "--latency-millis=4000",
            "--report=" + report,
            "--plot=" + plot);

    assertThat(program.complaints().lines())
        .containsExactly("starting the broker and the services...");
    assertThat(program.exitCode()).as(program.out()).isZero();
    assertThat(program.out()).contains("2 streams are held");
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.get("streams").asInt()).isEqualTo(2);
    JsonNode level = json.get("levels").get(0);
    assertThat(level.get("events").asInt()).isPositive();
    assertThat(level.get("latencyMillis").get("p50").asDouble()).isPositive();
    assertThat(level.get("seconds").asDouble()).isGreaterThan(5.9);
    JsonNode cores = level.get("coresByStage");
    for (String stage : new String[] {"generator", "features", "inference", "broker", "events"}) {
      assertThat(cores.get(stage).asDouble()).as("cores of %s", stage).isPositive();
    }
    assertThat(cores.get("other").asDouble())
        .as("threads that nobody knows")
        .isLessThan(0.1 * level.get("cores").asDouble());
    assertThat(level.get("heapMebibytes").asDouble()).isPositive();
    // Two streams of 16,000 samples of two bytes, and a little around them.
    assertThat(json.get("perStream").get("bytesPerSecondByTopic").get("audio-chunks").asDouble())
        .isBetween(25_000.0, 45_000.0);
    assertThat(ImageIO.read(plot.toFile())).isNotNull();
  }
}
