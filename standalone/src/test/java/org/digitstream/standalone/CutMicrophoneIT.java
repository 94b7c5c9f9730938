package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Browsers' microphones that stop in the middle of a word. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class CutMicrophoneIT {
  private static final short[] SPOKEN = ToneRecording.samples("37733");

  /** In the middle of the third word. */
  private static final int CUT = 16_000 * 3 / 10 * 11 / 2;

  @TempDir Path folder;

  @Test
  void endTheirStreamHoweverTheyGoAndNoOther() throws Exception {
    String model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    try (ChildProgram serve = ChildProgram.start("serve", "--port", "0", "--model", model)) {
      PageGuest guest = new PageGuest(serve.await("page at (\\S+) "));
      PageGuest.Microphone other = guest.microphone("other");
      other.speak(Arrays.copyOf(SPOKEN, CUT));

      PageGuest.Microphone ended = cut(guest, "ended");
      ended.end();
      PageGuest.Microphone closed = cut(guest, "closed");
      closed.close();
      PageGuest.Microphone vanished = cut(guest, "vanished");
      vanished.vanish();

      List<String> heard = new ArrayList<>();
      for (PageGuest.Microphone one : List.of(ended, closed, vanished)) {
        PageGuest.Viewer viewer = guest.watch(one.stream());
        JsonNode end = viewer.awaitEnd();
        assertThat(end.path("endSample").asInt()).isEqualTo(CUT);
        assertThat(viewer.digits()).hasSize(end.path("digits").asInt());
        heard.add(viewer.digits());
        await("the list says so")
            .atMost(ChildProgram.PATIENCE)
            .until(() -> viewer.state().equals("ended"));
      }
      // Whether half a word is heard is the model's affair, but it is the same each time.
      assertThat(heard).allMatch(digits -> digits.matches("377?")).containsOnly(heard.get(0));

      PageGuest.Viewer viewer = guest.watch(other.stream());
      other.speak(Arrays.copyOfRange(SPOKEN, CUT, SPOKEN.length));
      other.end();
      assertThat(viewer.awaitEnd().path("endSample").asInt()).isEqualTo(SPOKEN.length);
      assertThat(viewer.digits()).isEqualTo("37733");
      await()
          .atMost(ChildProgram.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(guest.get("metrics").body())
                      .contains(
                          "digitstream_streams_total{outcome=\"ended\",service=\"ingest\"} 4",
                          "digitstream_streams_total{outcome=\"ended\",service=\"inference\"} 4",
                          "digitstream_streams_total{outcome=\"incomplete\",service=\"inference\"} 0",
                          "digitstream_gaps_total{reason=\"unexplained\",service=\"features\"} 0"));
      assertThat(guest.get("health/ready").statusCode()).isEqualTo(200);

      PageGuest.Microphone open = cut(guest, "open");
      PageGuest.Viewer last = guest.watch(open.stream());
      await("it is heard").atMost(ChildProgram.PATIENCE).until(() -> last.digits().equals("37"));
      assertThat(serve.terminate()).as("with a microphone that is open: " + serve).isZero();
      assertThat(serve.err()).noneMatch(line -> line.contains("microphone"));
    }
  }

  /** A microphone that has sent two words and the half of a third. */
  private static PageGuest.Microphone cut(PageGuest guest, String name) throws Exception {
    PageGuest.Microphone microphone = guest.microphone(name);
    microphone.speak(Arrays.copyOf(SPOKEN, CUT));
    return microphone;
  }
}
