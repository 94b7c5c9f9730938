package org.digitstream.standalone.capacity;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.ingest.source.AudioSink;

/**
 * Speaks many streams at real time, in a thread of its own, until it is told to end them.
 *
 * <p>A chunk's time of capture is when it was due, also where it leaves late: a machine that is too
 * busy to speak in time cannot look faster for it (Tene, "How not to measure latency", 2015, calls
 * the opposite coordinated omission).
 */
final class LoadGenerator implements AutoCloseable {
  /** What is due within this time leaves together: waking up for each costs more than it tells. */
  private static final long REST_NANOS = 1_000_000;

  private final LoadSchedule schedule;
  private final AudioLoop loop;
  private final List<String> streamIds;
  private final int sampleRateHz;
  private final AudioSink sink;
  private final Measurements lateMillis = new Measurements();
  private final Thread thread = new Thread(this::run, "capacity-generator");
  private final long startMicros;
  private final long startNanos;
  private volatile boolean measuring;
  private volatile boolean ending;
  private volatile double lateSeconds;
  private volatile RuntimeException failure;

  /** Begins to speak at once. */
  LoadGenerator(
      LoadSchedule schedule,
      AudioLoop loop,
      List<String> streamIds,
      int sampleRateHz,
      AudioSink sink,
      Clock clock) {
    this.schedule = schedule;
    this.loop = loop;
    this.streamIds = List.copyOf(streamIds);
    this.sampleRateHz = sampleRateHz;
    this.sink = sink;
    startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    startNanos = System.nanoTime();
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether lateness is kept from now on. */
  void measure(boolean measure) {
    measuring = measure;
  }

  /** How late the last chunk left, in seconds: large where the load cannot be made any more. */
  double lateSeconds() {
    return lateSeconds;
  }

  /** How late chunks left while it was measured, in milliseconds. */
  double[] lateMillis() {
    return lateMillis.toArray();
  }

  /** What stopped it, if anything did. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    try {
      long send = 0;
      int chunkSamples = sampleRateHz * schedule.chunkMillis() / 1000;
      while (!ending) {
        long now = System.nanoTime() - startNanos;
        while (schedule.dueNanos(send) <= now && !ending) {
          send(send, chunkSamples);
          send++;
        }
        long left = schedule.dueNanos(send) - (System.nanoTime() - startNanos);
        TimeUnit.NANOSECONDS.sleep(Math.max(REST_NANOS, left));
      }
      for (int stream = 0; stream < schedule.streams(); stream++) {
        long chunks = schedule.chunk(send) + (stream < schedule.stream(send) ? 1 : 0);
        sink.accept(chunk(stream, chunks * chunkSamples, new short[0], startMicros, true));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void send(long send, int chunkSamples) {
    int stream = schedule.stream(send);
    long first = schedule.chunk(send) * chunkSamples;
    long due = schedule.dueNanos(send);
    sink.accept(
        chunk(
            stream,
            first,
            loop.piece(stream, first, chunkSamples),
            startMicros + due / 1000,
            false));
    double late = (System.nanoTime() - startNanos - due) / 1e9;
    lateSeconds = late;
    if (measuring) {
      lateMillis.add(1000 * late);
    }
  }

  private AudioChunk chunk(
      int stream, long first, short[] samples, long capturedAtMicros, boolean end) {
    return new AudioChunk(
        streamIds.get(stream),
        "capacity",
        first,
        sampleRateHz,
        samples,
        capturedAtMicros,
        GapReason.NONE,
        end);
  }

  /** Ends all streams with their end markers; returns when these were sent, or if interrupted. */
  @Override
  public void close() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
