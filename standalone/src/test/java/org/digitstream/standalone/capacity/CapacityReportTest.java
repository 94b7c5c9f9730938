package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.digitstream.standalone.picture.CapacityPicture;
import org.digitstream.standalone.replay.LatencyMillis;
import org.junit.jupiter.api.Test;

class CapacityReportTest {
  private static final CapacityReport.Settings SETTINGS =
      new CapacityReport.Settings(
          "m", 100, "at-least-once", 1, 1, false, 250, 10, 80, 10, 1, 5, 20);
  private static final CapacityReport.Machine MACHINE =
      new CapacityReport.Machine("p", 2, 4096, 384, "Linux", "17");

  private static CapacityLevel level(int streams, double cores, double heap, String reason) {
    return new CapacityLevel(
        streams,
        reason == null,
        reason,
        20,
        100,
        new LatencyMillis(10, 20, 30),
        1,
        0.1,
        0,
        cores,
        Map.of("generator", cores / 4, "features", cores / 2, "measuring", 0.0),
        heap,
        400.0,
        Map.of("audio-chunks", 33_000.0 * streams));
  }

  @Test
  void theLargestLevelThatWasHeldIsTheAnswer() {
    CapacityReport report =
        CapacityReport.of(
            SETTINGS,
            MACHINE,
            List.of(
                level(10, 0.2, 50, null),
                level(40, 0.6, 53, null),
                level(80, 2, 60, "p99 300 ms is above 250 ms"),
                level(20, 0.3, 51, null)));

    assertThat(report.streams()).isEqualTo(40);
    assertThat(report.perStream().millicores()).as("without the load").isEqualTo(11.25);
    assertThat(report.perStream().generatorShare()).isEqualTo(0.25);
    assertThat(report.perStream().millicoresByStage()).containsEntry("features", 7.5);
    assertThat(report.perStream().bytesPerSecondByTopic()).containsEntry("audio-chunks", 33_000.0);
    assertThat(report.perStream().heapKibibytes()).isEqualTo(102.4);
    assertThat(report.costSpread()).as("15 against 11.25").isEqualTo(1.333);
  }

  @Test
  void whereNothingWasHeldTheAnswerIsNone() {
    CapacityReport report =
        CapacityReport.of(SETTINGS, MACHINE, List.of(level(10, 2, 50, "no event came")));

    assertThat(report.streams()).isZero();
    assertThat(report.perStream()).isNull();
    assertThat(report.costSpread()).isNull();
    assertThat(CapacityTable.summary(report)).startsWith("0 streams are held");
  }

  @Test
  void theFileHasAllOfIt() throws IOException {
    CapacityReport report = CapacityReport.of(SETTINGS, MACHINE, List.of(level(10, 0.2, 50, null)));

    JsonNode json = new ObjectMapper().readTree(report.toJson());

    assertThat(json.get("streams").asInt()).isEqualTo(10);
    assertThat(json.get("levels").get(0).get("latencyMillis").get("p99").asDouble()).isEqualTo(30);
    assertThat(json.get("perStream").get("heapKibibytes").isNull()).isTrue();
    assertThat(json.get("settings").get("chunkMillis").asInt()).isEqualTo(100);
    assertThat(json.get("machine").get("cores").asInt()).isEqualTo(2);
  }

  @Test
  void aPictureIsDrawnOfAnyReport() {
    CapacityReport some =
        CapacityReport.of(
            SETTINGS,
            MACHINE,
            List.of(level(10, 0.2, 50, null), level(20, 0.3, 51, "p99 300 ms is above 250 ms")));
    CapacityReport none = CapacityReport.of(SETTINGS, MACHINE, List.of());

    assertThat(CapacityPicture.draw(some).getWidth()).isEqualTo(1280);
    assertThat(CapacityPicture.draw(none).getWidth()).isEqualTo(1280);
  }
}
