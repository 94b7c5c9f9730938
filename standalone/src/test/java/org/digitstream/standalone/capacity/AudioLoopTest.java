package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AudioLoopTest {
  private static final AudioLoop LOOP =
      new AudioLoop(List.of(new short[] {1, 2, 3}, new short[] {}, new short[] {4, 5, 6, 7}));

  @Property
  void aStreamIsTheSameHoweverItIsCut(
      @ForAll @IntRange(min = 0, max = 1000) int stream,
      @ForAll @IntRange(min = 0, max = 100_000) int first,
      @ForAll @IntRange(min = 0, max = 40) int count) {
    short[] piece = LOOP.piece(stream, first, count);

    assertThat(piece).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(piece[i]).isEqualTo(LOOP.piece(stream, first + i, 1)[0]);
    }
  }

  @Test
  void recordingsFollowEachOtherAgainAndAgain() {
    assertThat(LOOP.length()).isEqualTo(7);
    assertThat(LOOP.piece(0, 0, 9)).containsExactly(1, 2, 3, 4, 5, 6, 7, 1, 2);
  }

  @Test
  void streamsBeginElsewhere() {
    assertThat(List.of(0, 1, 2))
        .extracting(stream -> LOOP.piece(stream, 0, 1)[0])
        .doesNotHaveDuplicates();
  }

  @Test
  void thereMustBeAudio() {
    assertThatThrownBy(() -> new AudioLoop(List.of(new short[0]))).hasMessageContaining("no audio");
  }
}
