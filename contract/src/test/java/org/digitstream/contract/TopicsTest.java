package org.digitstream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.digitstream.contract.Topics.Definition;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final List<Definition> DEFINITIONS = Topics.definitions(3, Duration.ofMinutes(20));

  /** Other programs read these topics by name. */
  @Test
  void namesNeverChange() {
    assertThat(DEFINITIONS)
        .extracting(Definition::name)
        .containsExactly(
            "audio-chunks",
            "log-mel-frames",
            "digit-events",
            "digit-posteriors",
            "audio-chunks-dead-letters",
            "log-mel-frames-dead-letters",
            "digit-events-dead-letters");
  }

  @Test
  void recordsOfAStreamStayInOnePartitionNumberOnEveryTopic() {
    assertThat(DEFINITIONS.subList(0, 4)).extracting(Definition::partitions).containsOnly(3);
    assertThat(DEFINITIONS.subList(4, 7)).extracting(Definition::partitions).containsOnly(1);
  }

  @Test
  void audioIsKeptForAsLongAsWasAskedFor() {
    assertThat(DEFINITIONS.get(0).settings()).containsEntry("retention.ms", "1200000");
    assertThat(DEFINITIONS)
        .allSatisfy(
            definition -> {
              long retention = Long.parseLong(definition.settings().get("retention.ms"));
              long segment = Long.parseLong(definition.settings().get("segment.ms"));
              assertThat(definition.settings()).containsEntry("cleanup.policy", "delete");
              assertThat(segment).isBetween(60_000L, retention / 2);
            });
  }

  @Test
  void nothingThatSpeechCouldBeMadeOfOutlivesTheAudioButDeadLetters() {
    List<Definition> brief = Topics.definitions(1, Duration.ofMinutes(5), Duration.ofMinutes(10));
    assertThat(brief.subList(0, 2)).extracting(TopicsTest::retention).containsOnly("300000");
    assertThat(retention(brief.get(3))).isEqualTo("300000");
    assertThat(brief.subList(4, 7)).extracting(TopicsTest::retention).containsOnly("600000");
    assertThat(retention(Topics.definitions(1, Duration.ofDays(7)).get(1))).isEqualTo("3600000");
  }

  private static String retention(Definition definition) {
    return definition.settings().get("retention.ms");
  }
}
