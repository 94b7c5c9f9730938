package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.web.PageAccess;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.PageGuest;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.replay.Transcripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page before there is a broker. */
class PageTest {
  @TempDir Path folder;

  private static Page page(int port) {
    return new Page(
        new Page.Settings(PageAccess.ofThisMachine(port), true, UtteranceGrouper.DEFAULT_PAUSE),
        "loading the model",
        ToneModel.bundle(),
        "1",
        Transcripts.FROM_NAMES,
        Meters.prometheusRegistry());
  }

  @Test
  void isServedAndSaysWhatItWaitsFor() throws Exception {
    try (Page page = page(0)) {
      PageGuest guest = new PageGuest(page.address());

      assertThat(guest.get("").body()).contains("<title>digitstream</title>");
      assertThat(guest.get("health/live").statusCode()).isEqualTo(200);
      assertThat(guest.get("health/ready").statusCode()).isEqualTo(503);
      assertThat(guest.readiness().at("/checks/started/detail").asText())
          .isEqualTo("loading the model");
      assertThat(guest.get("metrics").body()).contains("digitstream_ready{service=\"page\"} 0");
      assertThat(page.failure()).isEmpty();
    }
  }

  @Test
  void takesNoAudioThatWouldBeLost() throws Exception {
    Path recording = ToneRecording.write(folder.resolve("3.wav"), "3");
    try (Page page = page(0)) {
      PageGuest guest = new PageGuest(page.address());

      // Often enough that each refusal has to give its place back.
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> refused = guest.dropped(recording);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("not connected to a broker yet");
      }
    }
  }

  @Test
  void isRefusedAtAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> page(taken.getLocalPort()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }
}
