package org.digitstream.standalone.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.digitstream.ingest.source.FileSource;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.Timing;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.replay.ReplayReport.Unreadable;

/**
 * Streams recordings one after the other, each as a stream of its own, and waits for the end of
 * each to come out. One thread.
 */
public final class Replayer {
  /**
   * A recording that was streamed.
   *
   * @param file the recording
   * @param streamId its stream
   * @param samples its length
   */
  public record Sent(Path file, String streamId, long samples) {}

  /**
   * What became of all recordings.
   *
   * @param sent the ones that were streamed, in order
   * @param unreadable the ones that could not be read
   * @param wallNanos from the first chunk to the last event
   * @param cancelled whether it was ended before all were through
   * @param realtime whether they were streamed as fast as they were spoken
   */
  public record Outcome(
      List<Sent> sent,
      List<Unreadable> unreadable,
      long wallNanos,
      boolean cancelled,
      boolean realtime) {}

  /** Sees how far it has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called now and then.
     *
     * @param finished recordings that are through
     * @param total all recordings
     */
    void update(int finished, int total);
  }

  /** Without any event for so long, and a tenth of the outstanding audio, it waits no more. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So much audio may be under way: more would only lie in the broker. */
  private static final double MOST_OUTSTANDING_SECONDS = 300;

  private static final Duration STEP = Duration.ofMillis(100);

  private final Pipeline pipeline;
  private final StreamCollector collector;
  private final int sampleRateHz;
  private final Pacing pacing;
  private final Supplier<String> streamIds;
  private final BooleanSupplier cancelled;
  private final Progress progress;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private int total;
  private int firstOutstanding;
  private long outstandingSamples;

  /**
   * A replay that has not begun.
   *
   * @param pipeline where audio goes and events come
   * @param sampleRateHz rate of the streams
   * @param pacing how fast
   * @param streamIds a fresh id at each call
   * @param cancelled whether to give up; asked often
   * @param progress sees how far it has come
   */
  public Replayer(
      Pipeline pipeline,
      int sampleRateHz,
      Pacing pacing,
      Supplier<String> streamIds,
      BooleanSupplier cancelled,
      Progress progress) {
    this.pipeline = pipeline;
    this.collector = pipeline.collector();
    this.sampleRateHz = sampleRateHz;
    this.pacing = pacing;
    this.streamIds = streamIds;
    this.cancelled = cancelled;
    this.progress = progress;
  }

  /**
   * Streams all of them; returns when all ends have come, or will not come any more.
   *
   * @throws StreamsFailedException if a service in this JVM stops meanwhile
   */
  public Outcome run(List<Path> recordings) throws InterruptedException, StreamsFailedException {
    total = recordings.size();
    long startNanos = System.nanoTime();
    boolean complete = true;
    for (Path recording : recordings) {
      complete = send(recording) && awaitOutstanding(MOST_OUTSTANDING_SECONDS);
      if (!complete) {
        break;
      }
    }
    if (complete) {
      awaitOutstanding(0);
    }
    long endNanos = System.nanoTime();
    return new Outcome(
        List.copyOf(sent),
        List.copyOf(unreadable),
        endNanos - startNanos,
        cancelled.getAsBoolean(),
        pacing.equals(Pacing.REALTIME));
  }

  /** Whether to go on. */
  private boolean send(Path recording) throws InterruptedException {
    String streamId = streamIds.get();
    collector.expect(streamId);
    try {
      long samples =
          new FileSource(recording, sampleRateHz, pacing, Timing.system())
              .stream(
                  streamId,
                  chunk -> {
                    if (cancelled.getAsBoolean()) {
                      throw new CancellationException();
                    }
                    pipeline.sink().accept(chunk);
                    progress.update(finished(), total);
                  },
                  start -> {});
      sent.add(new Sent(recording, streamId, samples));
      outstandingSamples += samples;
      return true;
    } catch (UnreadableAudioException e) {
      unreadable.add(new Unreadable(recording.toString(), e.getMessage()));
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  private int finished() {
    return collector.ended() + unreadable.size();
  }

  /** Returns when at most so much audio is under way; whether that is so. */
  private boolean awaitOutstanding(double seconds)
      throws InterruptedException, StreamsFailedException {
    while (true) {
      double outstanding = outstandingSeconds();
      progress.update(finished(), total);
      if (outstanding <= seconds && (seconds > 0 || collector.ended() >= sent.size())) {
        return true;
      }
      Optional<Throwable> failure = pipeline.failure();
      if (failure.isPresent()) {
        throw new StreamsFailedException(
            "a service stopped: " + failure.get().getMessage(), failure.get());
      }
      Duration patience = PATIENCE.plusMillis((long) (outstanding * 100));
      if (cancelled.getAsBoolean() || collector.sinceLastEvent().compareTo(patience) > 0) {
        return false;
      }
      collector.awaitEnded(collector.ended() + 1, STEP);
    }
  }

  /**
   * From the first stream on that has not ended: they end nearly in the order in which they were
   * sent.
   */
  private double outstandingSeconds() {
    while (firstOutstanding < sent.size()
        && collector.of(sent.get(firstOutstanding).streamId()).end().isPresent()) {
      outstandingSamples -= sent.get(firstOutstanding).samples();
      firstOutstanding++;
    }
    return (double) outstandingSamples / sampleRateHz;
  }
}
