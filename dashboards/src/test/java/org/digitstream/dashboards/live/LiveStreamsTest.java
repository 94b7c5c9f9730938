package org.digitstream.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamSampler;
import org.digitstream.dashboards.SetClock;
import org.junit.jupiter.api.Test;

class LiveStreamsTest {
  private final SetClock clock = new SetClock();
  private final LiveStreams streams =
      new LiveStreams(FeatureSpec.WIDEBAND, Duration.ofSeconds(1), clock);

  @Test
  void oneThatEndedGivesRoomBeforeOnesThatGoOn() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
    }
    end("s7");
    end("s3");
    clock.advance(LiveStreams.KEPT_AFTER_END_MILLIS);
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
    clock.advance(5_000);
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
    clock.advance(LiveStreams.KEPT_AFTER_END_IN_A_FLOOD_MILLIS);
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
    clock.advance(60_000);
    for (int i = 0; i < 2 * LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("n" + i);
      clock.advance(60_000);
    }
    assertThat(first.holdsMemory()).isTrue();
    assertThat(without.holdsMemory()).isTrue();
    streams.unwatch(first);
    hear("one more");
    assertThat(first.holdsMemory()).isFalse();
  }

  @Test
  void whatIsExpectedHasMemoryBeforeAnythingOfItCame() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
    }
    long changes = streams.changes();
    streams.expect("mine", "mine.wav");
    assertThat(streams.newest().orElseThrow().id()).isEqualTo("mine");
    assertThat(streams.newest().orElseThrow().source()).isEqualTo("mine.wav");
    assertThat(streams.changes()).isGreaterThan(changes);
    assertThat(withoutMemory()).containsExactly("s0");

    hear("mine");
    streams.expect("mine", "mine.wav");
    StreamHistory mine = streams.find("mine").orElseThrow();
    assertThat(mine.source()).isEqualTo("a.wav");
    assertThat(mine.audio(0, 160)).isPresent();
    assertThat(withoutMemory()).containsExactly("s0");
  }

  @Test
  void inAFloodItIsFullWhileAllThatHaveMemoryHaveEndedAndKeepIt() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
    }
    for (int i = 1; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      end("s" + i);
    }
    clock.set(500);
    flood();
    assertThat(streams.isFull()).as("one goes on").isFalse();
    end("s0");
    assertThat(streams.isFull()).as("the last frames may not have been seen").isFalse();
    clock.advance(LiveStreams.COMPLETE_AFTER_END_MILLIS);
    assertThat(streams.isFull()).isTrue();

    streams.expect("mine", "mine.wav");
    assertThat(streams.isFull()).as("somebody here begins one").isFalse();
    end("mine");
    clock.advance(LiveStreams.COMPLETE_AFTER_END_MILLIS);
    flood();
    assertThat(streams.isFull()).isTrue();
    clock.advance(LiveStreams.KEPT_AFTER_END_IN_A_FLOOD_MILLIS);
    flood();
    assertThat(streams.isFull()).as("there is room for the next ones").isFalse();
  }

  @Test
  void whereFewComeItIsNeverFull() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
      clock.advance(LiveStreams.COMPLETE_AFTER_END_MILLIS / LiveStreams.MOST_WITH_MEMORY);
      end("s" + i);
    }
    clock.advance(LiveStreams.COMPLETE_AFTER_END_MILLIS);
    assertThat(streams.isFull()).isFalse();
  }

  @Test
  void itIsNotFullWhereAllIsWatched() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
      end("s" + i);
      streams.watch(streams.find("s" + i).orElseThrow());
    }
    clock.advance(LiveStreams.COMPLETE_AFTER_END_MILLIS);
    flood();
    assertThat(streams.isFull()).isFalse();
    streams.unwatch(streams.find("s47").orElseThrow());
    assertThat(streams.isFull()).as("one that nobody watches was seen lately").isTrue();
  }

  @Test
  void inAFloodMemoryIsForTheSampleThatOthersChooseToo() {
    for (int i = 0; i < LiveStreams.MOST_WITH_MEMORY; i++) {
      hear("s" + i);
      end("s" + i);
    }
    StreamSampler others = new StreamSampler();
    for (long millis = 200;
        millis < LiveStreams.KEPT_AFTER_END_IN_A_FLOOD_MILLIS;
        millis += 1_000) {
      clock.set(millis);
      flood();
      for (int i = 0; i < 400; i++) {
        others.begins("other" + i, millis);
      }
    }
    clock.set(LiveStreams.KEPT_AFTER_END_IN_A_FLOOD_MILLIS + 200);
    for (int i = 0; i < 300; i++) {
      hear("late" + i);
      assertThat(streams.find("late" + i).orElseThrow().holdsMemory())
          .isEqualTo(others.begins("late" + i, clock.millis()));
    }
  }

  @Test
  void inAFloodMemoryIsHandedOutToAllAtOnceAndInBetweenItIsFull() {
    // The flood has begun before these, or they would give room after a second.
    clock.set(0);
    flood();
    StreamHistory watched = streams.find(withMemory().get(3)).orElseThrow();
    streams.watch(watched);
    StreamHistory last = streams.find(withMemory().get(47)).orElseThrow();
    withMemory().forEach(this::end);
    assertThat(streams.isFull()).as("their ends came just now").isFalse();
    for (int second = 1; second < 5; second++) {
      clock.set(second * 1_000L);
      flood();
      assertThat(streams.isFull()).as("second %d", second).isTrue();
      assertThat(last.holdsMemory()).isTrue();
    }
    for (int second = 5; second < 9; second++) {
      clock.set(second * 1_000L);
      flood();
    }
    assertThat(last.holdsMemory()).isFalse();
    assertThat(watched.holdsMemory()).isTrue();
    assertThat(withMemory()).hasSize(LiveStreams.MOST_WITH_MEMORY);
    assertThat(streams.isFull()).as("others have it and go on").isFalse();
  }

  private List<String> withMemory() {
    return streams.list().stream()
        .map(StreamSummary::id)
        .filter(id -> streams.find(id).orElseThrow().holdsMemory())
        .toList();
  }

  /** More begin within half a second than anybody could follow. */
  private void flood() {
    long second = clock.millis();
    for (int i = 0; i < 400; i++) {
      hear(second + "-" + i);
    }
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
    clock.advance(LiveStreams.KEPT_AFTER_END_IN_A_FLOOD_MILLIS);
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
      clock.advance(1_000);
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
    clock.advance(1);
    streams.accept(
        new AudioChunk(id, "a.wav", 0, 16_000, new short[160], 0, GapReason.NONE, false));
  }

  private void end(String id) {
    clock.advance(1);
    streams.accept(new StreamEnd(id, "a.wav", 0, 160, 16_000, "model"));
  }
}
