package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code --web}. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class WebIT {
  @TempDir Path folder;
  private String model;
  private String recording;

  @BeforeEach
  void layOut() throws IOException {
    model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    recording = ToneRecording.write(folder.resolve("3_tone_0.wav"), "3").toString();
  }

  @Test
  void besideADemoAnswersAndStaysUntilCtrlC() throws Exception {
    try (ChildProgram demo = ChildProgram.start("demo", "--web", "0")) {
      PageGuest guest = new PageGuest(demo.await("page at (\\S+)"));
      assertAnswers(guest);

      demo.await("(the page stays)");
      assertAnswers(guest);
      await("the page has seen the end, too")
          .atMost(ChildProgram.PATIENCE)
          .until(
              () ->
                  guest
                      .get("metrics")
                      .body()
                      .contains(
                          "digitstream_score_recordings_total{outcome=\"right\",service=\"page\"} 1"));
      assertThat(demo.terminate()).as(demo.toString()).isZero();
    }
  }

  @Test
  void besideAReplayAnswersAndStaysUntilCtrlC() throws Exception {
    try (ChildProgram replay =
        ChildProgram.start("replay", recording, "--web", "0", "--model", model)) {
      PageGuest guest = new PageGuest(replay.await("page at (\\S+)"));
      assertAnswers(guest);

      replay.await("(the page stays)");
      assertAnswers(guest);
      assertThat(guest.get("metrics").body())
          .contains("digitstream_events_total{digit=\"3\",service=\"inference\"} 1");
      assertThat(replay.terminate()).as(replay.toString()).isZero();
    }
  }

  @Test
  void isRefusedWhereThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Program refused = Program.run("replay", recording, "--web", port, "--model", model);

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains("the page cannot be served at 127.0.0.1:" + port, "(--web)")
          .doesNotContain("\tat ");
    }
  }

  /** As any page does. */
  static void assertAnswers(PageGuest guest) throws Exception {
    assertThat(guest.get("").body()).contains("<title>digitstream</title>");
    assertThat(guest.get("health/live").statusCode()).isEqualTo(200);
    assertThat(guest.get("health/ready").statusCode())
        .as(guest.readiness().toString())
        .isEqualTo(200);
    assertThat(guest.get("metrics").body())
        .contains(
            "digitstream_ready{service=\"ingest\"} 1",
            "digitstream_ready{service=\"features\"} 1",
            "digitstream_ready{service=\"inference\"} 1",
            "digitstream_ready{service=\"page\"} 1",
            "jvm_memory_used_bytes{");
  }
}
