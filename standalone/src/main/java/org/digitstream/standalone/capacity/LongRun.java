package org.digitstream.standalone.capacity;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.Topics;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.GroupLag;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.pipeline.Pipeline;

/**
 * Speaks many long streams as fast as the services follow, and looks every so often at what the
 * process uses. It waits while a service is behind by more than {@value #MOST_BEHIND_SECONDS}
 * seconds of every stream. One thread.
 */
public final class LongRun {
  /**
   * How long, how many.
   *
   * @param streams how many streams speak side by side
   * @param audio how long each of them is
   * @param chunkMillis audio per chunk
   * @param sampleEvery how often to look
   */
  public record Plan(int streams, Duration audio, int chunkMillis, Duration sampleEvery) {}

  /**
   * What came of it.
   *
   * @param samples in their order
   * @param digits that were heard
   * @param lost digits that the ends of streams tell of and that did not come
   * @param seconds that it took
   */
  public record Outcome(List<LongRunSample> samples, long digits, long lost, double seconds) {}

  /**
   * What was worked on counts as behind until it is committed: less than that would wait for it.
   */
  private static final int MOST_BEHIND_SECONDS = 60;

  private static final long POLL_MILLIS = 20;
  private static final Duration MOST_DRAINING = Duration.ofMinutes(2);

  private final Pipeline pipeline;
  private final AudioLoop loop;
  private final int sampleRateHz;
  private final Plan plan;
  private final BooleanSupplier cancelled;
  private final Consumer<LongRunSample> listener;
  private final DoubleConsumer progress;
  private final List<LongRunSample> samples = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  /** Counts what comes out; called by the reader's thread. */
  private static final class Counts implements EventReader.Listener {
    private final Set<String> speaking;
    private final CountDownLatch ended;
    private final AtomicLong digits = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    Counts(List<String> streamIds) {
      speaking = new HashSet<>(streamIds);
      ended = new CountDownLatch(streamIds.size());
    }

    @Override
    public void received(ReceivedEvent received) {
      if (received.event() instanceof DigitEvent) {
        digits.incrementAndGet();
      } else if (received.event() instanceof StreamEnd end && speaking.remove(end.streamId())) {
        told.addAndGet(end.digits());
        ended.countDown();
      }
    }
  }

  /**
   * Nothing is spoken yet.
   *
   * @param pipeline all of the road in this process; told of no stream, since it would keep all
   *     events
   * @param loop what the streams say
   * @param sampleRateHz its rate
   * @param plan how long, how many
   * @param cancelled whether to give up; asked often
   * @param listener sees each sample
   * @param progress is told the fraction that has been spoken, 0 to 1
   */
  public LongRun(
      Pipeline pipeline,
      AudioLoop loop,
      int sampleRateHz,
      Plan plan,
      BooleanSupplier cancelled,
      Consumer<LongRunSample> listener,
      DoubleConsumer progress) {
    this.pipeline = pipeline;
    this.loop = loop;
    this.sampleRateHz = sampleRateHz;
    this.plan = plan;
    this.cancelled = cancelled;
    this.listener = listener;
    this.progress = progress;
  }

  /**
   * Runs to the end.
   *
   * @throws CancellationException if it was told to give up
   * @throws StreamsFailedException if a service stops, or does not come to the streams' ends
   */
  public Outcome run()
      throws InterruptedException, StreamsFailedException, BrokerUnreachableException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < plan.streams(); i++) {
      ids.add(UUID.randomUUID().toString());
    }
    Counts counts = new Counts(ids);
    try (EventReader reader =
            new EventReader(
                pipeline.connection(),
                ReadFrom.earliest(),
                counts,
                new Meters(pipeline.registry(), "long-run"),
                Clock.systemUTC());
        GroupLag features = new GroupLag(pipeline.connection(), FeatureService.APPLICATION_ID);
        GroupLag inference = new GroupLag(pipeline.connection(), InferenceService.APPLICATION_ID)) {
      reader.start();
      speak(ids, features, inference);
      if (!counts.ended.await(MOST_DRAINING.toSeconds(), TimeUnit.SECONDS)) {
        throw new StreamsFailedException(
            counts.ended.getCount() + " streams did not come to their ends",
            pipeline.failure().orElse(null));
      }
    }
    return new Outcome(
        List.copyOf(samples), counts.digits.get(), counts.told.get() - counts.digits.get(), now());
  }

  private void speak(List<String> ids, GroupLag features, GroupLag inference)
      throws InterruptedException, StreamsFailedException, BrokerUnreachableException {
    int chunkSamples = sampleRateHz * plan.chunkMillis() / 1000;
    long chunks = plan.audio().toMillis() / plan.chunkMillis();
    int chunksPerSecond = Math.max(1, 1000 / plan.chunkMillis());
    long mostBehind = (long) MOST_BEHIND_SECONDS * chunksPerSecond * ids.size();
    double nextSample = plan.sampleEvery().toMillis() / 1000.0;
    for (long chunk = 0; chunk < chunks; chunk++) {
      boolean end = chunk == chunks - 1;
      for (int stream = 0; stream < ids.size(); stream++) {
        long first = chunk * chunkSamples;
        pipeline
            .sink()
            .accept(
                new AudioChunk(
                    ids.get(stream),
                    "long-run",
                    first,
                    sampleRateHz,
                    loop.piece(stream, first, chunkSamples),
                    0,
                    GapReason.NONE,
                    end));
      }
      if (chunk % chunksPerSecond == 0) {
        requireWell();
        while (behind(features, Topics.AUDIO_CHUNKS) > mostBehind
            || behind(inference, Topics.LOG_MEL_FRAMES) > mostBehind) {
          Thread.sleep(POLL_MILLIS);
          requireWell();
        }
        progress.accept((double) chunk / chunks);
        if (now() >= nextSample) {
          sample(chunk * ids.size() * plan.chunkMillis() / 3_600_000.0);
          nextSample = now() + plan.sampleEvery().toMillis() / 1000.0;
        }
      }
    }
  }

  private void sample(double audioHours) {
    LongRunSample sample =
        new LongRunSample(
            now(),
            audioHours,
            ProcessFigures.heapMebibytes(),
            ProcessFigures.offHeapMebibytes(),
            ProcessFigures.residentMebibytes().orElse(0.0),
            ProcessFigures.threads(),
            ProcessFigures.fileHandles(),
            pipeline.storedEntries());
    samples.add(sample);
    listener.accept(sample);
  }

  private static long behind(GroupLag lag, String topic)
      throws BrokerUnreachableException, InterruptedException {
    return lag.of(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  private void requireWell() throws StreamsFailedException {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException();
    }
    Optional<Throwable> failure = pipeline.failure();
    if (failure.isPresent()) {
      throw new StreamsFailedException(
          "a service stopped: " + failure.get().getMessage(), failure.get());
    }
  }

  private double now() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
