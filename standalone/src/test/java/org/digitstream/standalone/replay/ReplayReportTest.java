package org.digitstream.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.digitstream.standalone.replay.ReplayReport.PerFile;
import org.digitstream.standalone.replay.ReplayReport.Unreadable;
import org.junit.jupiter.api.Test;

class ReplayReportTest {
  private final List<PerFile> perFile =
      List.of(
          new PerFile("b.wav", "2125551234", "212555234"),
          new PerFile("a.wav", "7", "7"),
          new PerFile("c.wav", null, "11"));

  @Test
  void hasEveryFieldThatReadersRelyOn() throws Exception {
    ReplayReport report =
        ReplayReport.of(
            perFile,
            List.of(new Unreadable("d.wav", "is text")),
            List.of(),
            new LatencyMillis(100, 200, 300),
            20,
            4,
            "m-1");

    JsonNode json = new ObjectMapper().readTree(report.toJson());

    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"files":3,"digits":11,"correct":10,"substitutions":0,"insertions":0,
                     "deletions":1,"digitErrorRate":0.09090909090909091,"stringErrorRate":0.5,
                     "latencyMillis":{"p50":100.0,"p95":200.0,"p99":300.0},
                     "audioSeconds":20.0,"wallSeconds":4.0,"speedFactor":5.0,"modelId":"m-1",
                     "unlabelled":1,"incomplete":[],
                     "unreadable":[{"file":"d.wav","reason":"is text"}],
                     "perFile":[{"file":"a.wav","expected":"7","recognized":"7"},
                       {"file":"b.wav","expected":"2125551234","recognized":"212555234"},
                       {"file":"c.wav","expected":null,"recognized":"11"}]}
                    """));
    assertThat(report.isComplete()).isFalse();
  }

  @Test
  void latencyIsNullWhereThereIsNone() throws Exception {
    ReplayReport report = ReplayReport.of(perFile, List.of(), List.of(), null, 20, 4, "m-1");

    assertThat(new ObjectMapper().readTree(report.toJson()).get("latencyMillis").isNull()).isTrue();
  }

  @Test
  void perfectMeansCompleteAndWithoutErrors() {
    List<PerFile> right = List.of(new PerFile("a.wav", "7", "7"));
    assertThat(ReplayReport.of(right, List.of(), List.of(), null, 1, 1, "m").isPerfect()).isTrue();
    assertThat(ReplayReport.of(right, List.of(), List.of("b.wav"), null, 1, 1, "m").isPerfect())
        .isFalse();
    assertThat(ReplayReport.of(perFile, List.of(), List.of(), null, 1, 1, "m").isPerfect())
        .isFalse();
  }
}
