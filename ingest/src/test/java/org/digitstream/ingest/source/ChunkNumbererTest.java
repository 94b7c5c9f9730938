package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.junit.jupiter.api.Test;

class ChunkNumbererTest {
  private static final CaptureTime TIME = nextSample -> 1000 + nextSample;

  @Property(tries = 200)
  void chunksDoNotDependOnHowTheSamplesCome(
      @ForAll @IntRange(max = 3000) int length,
      @ForAll @IntRange(min = 1, max = 500) int chunkSamples,
      @ForAll long seed) {
    Random random = new Random(seed);
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) random.nextInt();
    }
    ChunkNumberer numberer = new ChunkNumberer("id", "name", 16_000, chunkSamples);
    List<AudioChunk> chunks = new ArrayList<>();
    for (int at = 0; at < length; ) {
      int piece = Math.min(length - at, random.nextInt(2 * chunkSamples));
      chunks.addAll(numberer.accept(Arrays.copyOfRange(samples, at, at + piece), TIME));
      at += piece;
    }
    chunks.add(numberer.finish(TIME));
    for (int i = 0; i < chunks.size(); i++) {
      AudioChunk chunk = chunks.get(i);
      boolean last = i == chunks.size() - 1;
      assertThat(chunk.firstSample()).isEqualTo((long) i * chunkSamples);
      assertThat(chunk.end()).isEqualTo(last);
      assertThat(chunk.samples()).hasSize(last ? length % chunkSamples : chunkSamples);
      assertThat(chunk.capturedAtMicros()).isEqualTo(1000 + chunk.nextSample());
      assertThat(chunk.gap()).isEqualTo(GapReason.NONE);
      assertThat(chunk.samples())
          .isEqualTo(Arrays.copyOfRange(samples, i * chunkSamples, (int) chunk.nextSample()));
    }
  }

  @Test
  void noChunkSpansAGap() {
    ChunkNumberer numberer = new ChunkNumberer("id", "name", 16_000, 4);
    assertThat(numberer.accept(new short[6], TIME)).hasSize(1);
    List<AudioChunk> before = numberer.lose(100, GapReason.OVERRUN, TIME);
    assertThat(before).singleElement().satisfies(c -> assertThat(c.nextSample()).isEqualTo(6));
    assertThat(before.get(0).gap()).isEqualTo(GapReason.NONE);
    List<AudioChunk> behind = numberer.accept(new short[8], TIME);
    assertThat(behind).extracting(AudioChunk::firstSample).containsExactly(106L, 110L);
    assertThat(behind)
        .extracting(AudioChunk::gap)
        .containsExactly(GapReason.OVERRUN, GapReason.NONE);
    assertThat(numberer.finish(TIME).samples()).isEmpty();
  }

  @Test
  void aGapAtTheEndIsToldByTheLastChunk() {
    ChunkNumberer numberer = new ChunkNumberer("id", "name", 16_000, 4);
    assertThat(numberer.lose(9, GapReason.DEVICE_LOST, TIME)).isEmpty();
    assertThat(numberer.lose(0, GapReason.OVERRUN, TIME)).isEmpty();
    AudioChunk last = numberer.finish(TIME);
    assertThat(last.firstSample()).isEqualTo(9);
    assertThat(last.gap()).isEqualTo(GapReason.DEVICE_LOST);
    assertThat(last.end()).isTrue();
  }

  @Test
  void aLongNameKeepsItsEnd() {
    String name = "x".repeat(300) + ".wav";
    AudioChunk last = new ChunkNumberer("id", name, 16_000, 4).finish(TIME);
    assertThat(last.source()).hasSize(200).endsWith("x.wav");
  }

  @Test
  void aSizeOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> new ChunkNumberer("id", "name", 16_000, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chunkSamples 0");
  }
}
