package org.digitstream.standalone.crash;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.ingest.source.AudioSink;
import org.digitstream.ingest.source.Pacing;

/** Speaks on several streams at once, all as far, faster than real time, until told to end. */
final class Speakers {
  private final List<String> streamIds;
  private final List<Speech> speeches;
  private final AudioSink sink;
  private final int chunkSamples;
  private final long periodNanos;
  private final AtomicLong said = new AtomicLong();
  private final Thread thread = new Thread(this::run, "speakers");
  private volatile boolean ending;
  private volatile RuntimeException failure;

  /** Begins at once. */
  Speakers(List<String> streamIds, List<Speech> speeches, Pacing pacing, AudioSink sink) {
    this.streamIds = List.copyOf(streamIds);
    this.speeches = List.copyOf(speeches);
    this.sink = sink;
    this.chunkSamples = Speech.RATE * pacing.chunkMillis() / 1000;
    this.periodNanos = Math.round(pacing.chunkMillis() * 1e6 / pacing.speed());
    thread.setDaemon(true);
    thread.start();
  }

  /** How far all are, in samples. */
  long said() {
    return said.get();
  }

  /** Returns at a moment when a word of this stream is half said. */
  void awaitWithinWord(int stream) throws InterruptedException {
    while (!speeches.get(stream).isWithinWord(said.get())) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /** What ended them, if anything did. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Ends all streams; returns their length in samples. */
  long finish() throws InterruptedException {
    ending = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return said.get();
  }

  private void run() {
    try {
      long start = System.nanoTime();
      for (long chunk = 0; !ending; chunk++) {
        TimeUnit.NANOSECONDS.sleep(start + chunk * periodNanos - System.nanoTime());
        long from = said.get();
        for (int i = 0; i < streamIds.size(); i++) {
          sink.accept(chunk(i, from, speeches.get(i).samples(from, from + chunkSamples), false));
        }
        said.addAndGet(chunkSamples);
      }
      for (int i = 0; i < streamIds.size(); i++) {
        sink.accept(chunk(i, said.get(), new short[0], true));
      }
    } catch (RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AudioChunk chunk(int stream, long first, short[] samples, boolean end) {
    return new AudioChunk(
        streamIds.get(stream),
        "speaker " + stream,
        first,
        Speech.RATE,
        samples,
        ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant()),
        GapReason.NONE,
        end);
  }
}
