package org.digitstream.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AudioRingTest {
  private static short[] chunk(long first, int count) {
    short[] chunk = new short[count];
    for (int i = 0; i < count; i++) {
      chunk[i] = sampleAt(first + i);
    }
    return chunk;
  }

  private static short sampleAt(long index) {
    return (short) (1 + Math.floorMod(index * 31, 30_000L));
  }

  @Test
  void theNewestSamplesAreKeptWhateverTheirPages() {
    SplittableRandom random = new SplittableRandom(4);
    for (int capacity : new int[] {1, 100, 8_192, 20_000, 33_000}) {
      AudioRing ring = new AudioRing(capacity);
      long next = random.nextInt(50_000);
      long begin = next;
      for (int i = 0; i < 60; i++) {
        int count = 1 + random.nextInt(3_000);
        ring.put(next, chunk(next, count));
        next += count;
        AudioClip clip = ring.read(0, Long.MAX_VALUE).orElseThrow();
        long first = Math.max(begin, next - capacity);
        assertThat(clip.firstSample()).isEqualTo(first);
        assertThat(clip.samples()).isEqualTo(chunk(first, (int) (next - first)));
      }
    }
  }

  @Test
  void whatIsMissingIsSilence() {
    AudioRing ring = new AudioRing(30_000);
    ring.put(0, chunk(0, 30_000));
    ring.put(40_000, chunk(40_000, 100));

    short[] samples = ring.read(0, Long.MAX_VALUE).orElseThrow().samples();

    assertThat(samples).hasSize(30_000);
    for (int i = 0; i < samples.length; i++) {
      long index = 10_100 + i;
      boolean heard = index < 30_000 || index >= 40_000;
      assertThat(samples[i]).isEqualTo(heard ? sampleAt(index) : 0);
    }
  }

  @Test
  void afterALongGapNothingOldComesBack() {
    AudioRing ring = new AudioRing(20_000);
    ring.put(0, chunk(0, 20_000));
    ring.put(1_000_000, chunk(1_000_000, 10));

    assertThat(ring.read(0, 900_000)).isEqualTo(Optional.empty());
    short[] samples = ring.read(990_000, 1_000_000).orElseThrow().samples();
    assertThat(samples).hasSize(10_000).containsOnly((short) 0);
  }

  @Test
  void anEmptyRingHasNoAudio() {
    assertThat(new AudioRing(10).read(0, 10)).isEmpty();
  }
}
