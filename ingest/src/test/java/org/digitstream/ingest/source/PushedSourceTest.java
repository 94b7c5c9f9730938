package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitstream.contract.AudioChunk;
import org.junit.jupiter.api.Test;

class PushedSourceTest {
  private static final int RATE = 16_000;
  private static final int CHUNK = 320;

  private final FakeTime time = new FakeTime();
  private final List<AudioChunk> chunks = new ArrayList<>();

  private PushedSource source(int sourceRateHz) {
    return new PushedSource("id", "ear", sourceRateHz, RATE, chunks::add, time.timing());
  }

  private static long micros(long samples) {
    return samples * 1_000_000 / RATE;
  }

  private void passMillis(long millis) {
    time.pass(millis * 1_000_000);
  }

  @Test
  void whatComesInOnePieceWasCapturedBeforeItCame() {
    PushedSource source = source(RATE);
    passMillis(500);
    source.accept(new short[4 * CHUNK]);

    assertThat(chunks).hasSize(4);
    for (int i = 0; i < 4; i++) {
      AudioChunk chunk = chunks.get(i);
      assertThat(chunk.firstSample()).isEqualTo((long) i * CHUNK);
      assertThat(chunk.capturedAtMicros())
          .isEqualTo(time.wallMicros() - micros(4 * CHUNK - chunk.nextSample()));
    }
  }

  /** 80 of the samples that come at last are for the next chunk: they were captured after this. */
  @Test
  void aChunkThatWaitsForItsRestWasCapturedWhenTheRestCame() {
    PushedSource source = source(RATE);
    source.accept(new short[200]);
    assertThat(chunks).isEmpty();
    passMillis(15);
    source.accept(new short[200]);

    assertThat(chunks).hasSize(1);
    assertThat(chunks.get(0).capturedAtMicros()).isEqualTo(time.wallMicros() - micros(80));
  }

  @Test
  void theEndHasTheRestAndWhenItCame() {
    PushedSource source = source(RATE);
    source.accept(new short[CHUNK + 100]);
    passMillis(7);
    assertThat(source.finish()).isEqualTo(CHUNK + 100);

    AudioChunk last = chunks.get(chunks.size() - 1);
    assertThat(last.samples()).hasSize(100);
    assertThat(last.capturedAtMicros()).isEqualTo(time.wallMicros());
    assertThat(chunks).filteredOn(AudioChunk::end).containsExactly(last);
  }

  @Test
  void aStreamWithoutSamplesIsAnEndAlone() {
    assertThat(source(48_000).finish()).isZero();
    assertThat(chunks).hasSize(1);
    assertThat(chunks.get(0).end()).isTrue();
    assertThat(chunks.get(0).nextSample()).isZero();
  }

  @Test
  void itIsTheSameAudioHoweverItIsPushed() {
    short[] samples = new short[48_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (8_000 * Math.sin(i / 20.0));
    }
    PushedSource whole = source(48_000);
    whole.accept(samples);
    assertThat(whole.finish()).isEqualTo(RATE);
    List<short[]> expected = chunks.stream().map(AudioChunk::samples).toList();

    chunks.clear();
    PushedSource pieces = source(48_000);
    for (int at = 0; at < samples.length; at += 700) {
      pieces.accept(Arrays.copyOfRange(samples, at, Math.min(samples.length, at + 700)));
    }
    assertThat(pieces.finish()).isEqualTo(RATE);
    assertThat(chunks).hasSameSizeAs(expected);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).samples()).isEqualTo(expected.get(i));
    }
  }

  @Test
  void aRateThatIsTooFarFromTheStreamsIsRefused() {
    assertThatThrownBy(() -> source(100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100");
  }
}
