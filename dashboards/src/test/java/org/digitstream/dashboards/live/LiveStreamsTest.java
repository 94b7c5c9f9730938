package org.digitstream.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.StreamEnd;
import org.junit.jupiter.api.Test;

class LiveStreamsTest {
  private long millis;
  private final LiveStreams streams =
      new LiveStreams(
          FeatureSpec.WIDEBAND,
          Duration.ofSeconds(1),
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return Instant.ofEpochMilli(millis);
            }
          });

  @Test
  void oneThatEndedGivesRoomBeforeOnesThatGoOn() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
    }
    end("s7");
    end("s3");
    millis += 1_000;
    hear("new");
    assertThat(withoutMemory()).containsExactly("s3");
    hear("newer");
    assertThat(withoutMemory()).containsExactly("s3", "s7");
  }

  @Test
  void whereNoneHasEndedTheOneThatWasNotSeenForLongestGivesRoom() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
    }
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      if (i != 5) {
        hear("s" + i);
      }
    }
    millis += 5_000;
    hear("new");
    assertThat(withoutMemory()).containsExactly("s5");
    assertThat(streams.newest().orElseThrow().id()).isEqualTo("new");
  }

  @Test
  void inAFloodSomeAreKeptWholeInsteadOfNoneAndTheNextOnesComeAfterThem() {
    String last = "s" + (LiveStreams.MOST_WITH_MEMORY - 1);
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY + 10; i++) {
      hear("s" + i);
    }
    assertThat(withoutMemory()).hasSize(10).doesNotContain("s0", last);
    assertThat(streams.newest().orElseThrow().id()).isEqualTo(last);
    end("s0");
    hear("too early");
    millis += 1_000;
    hear("in time");
    assertThat(withoutMemory()).hasSize(12).contains("s0", "too early").doesNotContain("in time");
    assertThat(streams.newest().orElseThrow().id()).isEqualTo("in time");
  }

  @Test
  void whatIsWatchedHasMemoryAndKeepsIt() {
    for (int i = 0; i <= LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
    }
    StreamHistory without = streams.find("s" + LiveStreams.MOST_WITH_MEMORY).orElseThrow();
    StreamHistory first = streams.find("s0").orElseThrow();
    assertThat(without.holdsMemory()).isFalse();
    streams.watch(first);
    streams.watch(first);
    streams.watch(without);
    assertThat(without.holdsMemory()).isTrue();
    streams.unwatch(first);
    end("s0");
    millis += 60_000;
    for (int i = 0; i < 2 * LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("n" + i);
      millis += 60_000;
    }
    assertThat(first.holdsMemory()).isTrue();
    assertThat(without.holdsMemory()).isTrue();
    streams.unwatch(first);
    hear("one more");
    assertThat(first.holdsMemory()).isFalse();
  }

  @Test
  void whatHasMemoryIsNotForgottenForStreamsThatHaveNone() {
    for (int i = 0; i < LiveStreams.MOST + 100; i++) {
      hear("s" + i);
      if (i % 3 == 0) {
        end("s" + i);
      }
    }
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      assertThat(streams.find("s" + i).orElseThrow().holdsMemory()).isTrue();
    }
  }

  @Test
  void whereSomeAreForgottenAStreamThatIsSeenFromItsMiddleOnGetsNoMemory() {
    for (int i = 0; i < LiveStreams.MOST; i++) {
      hear("s" + i);
    }
    end("s0");
    end("s1");
    millis += 1_000;
    streams.accept(
        new AudioChunk("middle", "a", 160, 16_000, new short[160], 0, GapReason.NONE, false));
    assertThat(streams.find("middle").orElseThrow().holdsMemory()).isFalse();
    hear("whole");
    assertThat(streams.find("whole").orElseThrow().holdsMemory()).isTrue();
    assertThat(streams.newest().orElseThrow().id()).isEqualTo("whole");
  }

  @Test
  void howManyThereAreIsBoundedWhateverComes() {
    for (int i = 0; i < LiveStreams.MOST + 20; i++) {
      hear("s" + i);
      if (i % 2 == 0) {
        end("s" + i);
      }
      millis += 1_000;
    }
    assertThat(streams.list()).hasSize(LiveStreams.MOST);
    long withMemory =
        streams.list().stream()
            .filter(summary -> streams.find(summary.id()).orElseThrow().holdsMemory())
            .count();
    assertThat(withMemory).isEqualTo(LiveStreams.MOST_WITH_MEMORY);
    assertThat(streams.find("s0")).isEmpty();
    assertThat(streams.find("s1")).isPresent();
  }

  private List<String> withoutMemory() {
    return streams.list().stream()
        .map(StreamSummary::id)
        .filter(id -> !streams.find(id).orElseThrow().holdsMemory())
        .sorted()
        .toList();
  }

  private void hear(String id) {
    millis++;
    streams.accept(
        new AudioChunk(id, "a.wav", 0, 16_000, new short[160], 0, GapReason.NONE, false));
  }

  private void end(String id) {
    millis++;
    streams.accept(new StreamEnd(id, "a.wav", 0, 160, 16_000, "model"));
  }
}
