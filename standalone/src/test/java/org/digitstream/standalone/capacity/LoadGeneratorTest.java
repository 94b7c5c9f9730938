package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.digitstream.contract.AudioChunk;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
  private static final long START_MICROS = 1_000_000_000L;
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(START_MICROS / 1_000_000), ZoneOffset.UTC);
  private static final AudioLoop LOOP = new AudioLoop(List.of(new short[] {1, 2, 3, 4, 5}));

  @Test
  void everyStreamIsWholeAndCapturedWhenItWasDue() throws InterruptedException {
    ConcurrentLinkedQueue<AudioChunk> sent = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(7);
    LoadGenerator load =
        new LoadGenerator(
            new LoadSchedule(3, 10),
            LOOP,
            List.of("a", "b", "c"),
            8_000,
            chunk -> {
              sent.add(chunk);
              enough.countDown();
            },
            CLOCK);

    enough.await();
    load.close();

    assertThat(load.failure()).isEmpty();
    for (String stream : List.of("a", "b", "c")) {
      List<AudioChunk> chunks =
          sent.stream().filter(chunk -> chunk.streamId().equals(stream)).toList();
      long begin = new LoadSchedule(3, 10).beginNanos(stream.charAt(0) - 'a') / 1000;
      for (int i = 0; i < chunks.size() - 1; i++) {
        AudioChunk chunk = chunks.get(i);
        assertThat(chunk.firstSample()).isEqualTo(80L * i);
        assertThat(chunk.samples())
            .isEqualTo(LOOP.piece(stream.charAt(0) - 'a', chunk.firstSample(), 80));
        assertThat(chunk.capturedAtMicros() - START_MICROS).isEqualTo(begin + 10_000L * (i + 1));
        assertThat(chunk.end()).isFalse();
      }
      AudioChunk last = chunks.get(chunks.size() - 1);
      assertThat(last.end()).isTrue();
      assertThat(last.firstSample()).isEqualTo(80L * (chunks.size() - 1));
    }
  }

  @Test
  void whatStopsItIsTold() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    LoadGenerator load =
        new LoadGenerator(
            new LoadSchedule(1, 10),
            LOOP,
            List.of("a"),
            8_000,
            chunk -> {
              asked.countDown();
              throw new IllegalStateException("no broker");
            },
            CLOCK);

    asked.await();
    load.close();

    assertThat(load.failure()).get().extracting(Throwable::getMessage).isEqualTo("no broker");
  }
}
