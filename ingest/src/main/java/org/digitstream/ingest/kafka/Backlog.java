package org.digitstream.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;

/**
 * What was given to the producer and is not acknowledged yet, and what there is no room for. Any
 * number of threads: chunks are added by the one that captures and removed by the producer's.
 */
final class Backlog {
  /** About what a record takes beside its samples. */
  private static final int RECORD_BYTES = 256;

  private final double mostSeconds;
  private final long mostBytes;
  private final Map<String, Double> seconds = new HashMap<>();
  private final Set<String> losing = new HashSet<>();
  private long bytes;
  private int chunks;

  /**
   * With nothing in it.
   *
   * @param mostSeconds of each stream's audio
   * @param mostBytes of all streams together
   */
  Backlog(double mostSeconds, long mostBytes) {
    this.mostSeconds = mostSeconds;
    this.mostBytes = mostBytes;
  }

  /**
   * The chunk as it may be sent, or nothing where it is to be dropped. A stream that lost a chunk
   * loses all until half of what may be kept is free, so that a slow broker makes one gap and not
   * hundreds; an end is kept without its samples.
   */
  synchronized Optional<AudioChunk> admit(AudioChunk chunk) {
    boolean lost = losing.contains(chunk.streamId());
    if (isRoom(chunk, lost ? 0.5 : 1)) {
      losing.remove(chunk.streamId());
      return Optional.of(lost ? behindGap(chunk, chunk.firstSample(), chunk.samples()) : chunk);
    }
    if (chunk.end()) {
      losing.remove(chunk.streamId());
      return Optional.of(behindGap(chunk, chunk.nextSample(), new short[0]));
    }
    losing.add(chunk.streamId());
    return Optional.empty();
  }

  private static AudioChunk behindGap(AudioChunk chunk, long firstSample, short[] samples) {
    return new AudioChunk(
        chunk.streamId(),
        chunk.source(),
        firstSample,
        chunk.sampleRateHz(),
        samples,
        chunk.capturedAtMicros(),
        GapReason.BUFFER_FULL,
        chunk.end());
  }

  private boolean isRoom(AudioChunk chunk, double share) {
    return chunks == 0
        || (bytes + bytes(chunk) <= share * mostBytes
            && seconds.getOrDefault(chunk.streamId(), 0.0) + seconds(chunk) <= share * mostSeconds);
  }

  /** Notes that an admitted chunk was not sent: the stream goes on behind a gap. */
  synchronized void lose(AudioChunk chunk) {
    losing.add(chunk.streamId());
  }

  /** Waits for room; returns whether there is any. */
  synchronized boolean awaitRoom(AudioChunk chunk, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!isRoom(chunk, 1)) {
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  /** Waits until all is acknowledged; returns whether it is. */
  synchronized boolean awaitEmpty(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (chunks > 0) {
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  /** Notes that a chunk was given to the producer. */
  synchronized void add(AudioChunk chunk) {
    chunks++;
    bytes += bytes(chunk);
    seconds.merge(chunk.streamId(), seconds(chunk), Double::sum);
  }

  /** Notes that a chunk was acknowledged, or given up. */
  synchronized void remove(AudioChunk chunk) {
    chunks--;
    bytes -= bytes(chunk);
    // Sums of fractions do not come back to 0 by themselves.
    seconds.computeIfPresent(
        chunk.streamId(),
        (id, waiting) -> waiting - seconds(chunk) < 1e-6 ? null : waiting - seconds(chunk));
    notifyAll();
  }

  /** Audio of one stream that is waiting. */
  synchronized double waitingSeconds(String streamId) {
    return seconds.getOrDefault(streamId, 0.0);
  }

  /** Audio of all streams that is waiting. */
  synchronized double waitingSeconds() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static long bytes(AudioChunk chunk) {
    return RECORD_BYTES + 2L * chunk.samples().length;
  }

  private static double seconds(AudioChunk chunk) {
    return (double) chunk.samples().length / chunk.sampleRateHz();
  }
}
