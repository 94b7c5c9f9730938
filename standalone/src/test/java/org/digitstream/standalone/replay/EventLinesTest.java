package org.digitstream.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.digitstream.contract.DigitEvent;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  @Test
  void streamIdAndSourceDoNotCountAndFilesAreSorted() {
    Map<String, List<DigitEvent>> one =
        Map.of("b.wav", List.of(event("s1", 0.1f)), "a.wav", List.of(event("s2", 0.5f)));
    Map<String, List<DigitEvent>> other =
        Map.of("a.wav", List.of(event("t1", 0.5f)), "b.wav", List.of(event("t2", 0.1f)));

    assertThat(EventLines.of(one)).isEqualTo(EventLines.of(other));
    assertThat(EventLines.of(one).get(0))
        .isEqualTo(
            "{\"file\":\"a.wav\",\"index\":0,\"digit\":7,\"startSample\":10,\"endSample\":20,"
                + "\"confidence\":0.5,\"runnersUp\":[{\"digit\":1,\"probability\":0.25}],"
                + "\"modelId\":\"m\"}");
  }

  @Test
  void theLeastBitOfConfidenceCounts() {
    assertThat(EventLines.of(Map.of("a.wav", List.of(event("s", 0.5f)))))
        .isNotEqualTo(EventLines.of(Map.of("a.wav", List.of(event("s", Math.nextUp(0.5f))))));
  }

  private static DigitEvent event(String streamId, float confidence) {
    return new DigitEvent(
        streamId,
        streamId,
        0,
        7,
        10,
        20,
        16_000,
        confidence,
        List.of(new DigitEvent.RunnerUp(1, 0.25f)),
        "m");
  }
}
