package org.digitstream.standalone.capacity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.digitstream.contract.Topics;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.GroupLag;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.replay.LatencyMillis;

/**
 * Measures levels one after the other on a pipeline with its broker in this process. Each has fresh
 * streams, which are ended, and waited for, before the next begins. One thread.
 */
public final class LevelRun implements AutoCloseable {
  /**
   * How a level is measured.
   *
   * @param chunkMillis audio per chunk
   * @param warmUp what is passed over
   * @param measured what is measured
   * @param limits what it must keep to
   */
  public record Plan(int chunkMillis, Duration warmUp, Duration measured, Limits limits) {}

  /** Sees how far a level has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called often.
     *
     * @param fraction of the level, 0 to 1
     * @param streams its streams
     * @param warmingUp whether nothing is measured yet
     */
    void update(double fraction, int streams, boolean warmingUp);
  }

  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration MOST_DRAINING = Duration.ofSeconds(60);

  /** Behind by so much audio, or so late, a level is lost: it only costs time to drain it. */
  private static final double HOPELESS_SECONDS = 5;

  private final Pipeline pipeline;
  private final EventTimes events;
  private final AudioLoop loop;
  private final int sampleRateHz;
  private final Plan plan;
  private final BooleanSupplier cancelled;
  private final Progress progress;
  private final GroupLag featuresLag;
  private final GroupLag inferenceLag;
  private int begun;

  /**
   * Nothing is spoken yet.
   *
   * @param pipeline all of the road in this process, with {@code events} listening
   * @param events what {@code pipeline} was opened with
   * @param loop what the streams say
   * @param sampleRateHz its rate
   * @param plan how each level is measured
   * @param cancelled whether to give up; asked often
   * @param progress sees how far it has come
   */
  public LevelRun(
      Pipeline pipeline,
      EventTimes events,
      AudioLoop loop,
      int sampleRateHz,
      Plan plan,
      BooleanSupplier cancelled,
      Progress progress) {
    this.pipeline = pipeline;
    this.events = events;
    this.loop = loop;
    this.sampleRateHz = sampleRateHz;
    this.plan = plan;
    this.cancelled = cancelled;
    this.progress = progress;
    featuresLag = new GroupLag(pipeline.connection(), FeatureService.APPLICATION_ID);
    inferenceLag = new GroupLag(pipeline.connection(), InferenceService.APPLICATION_ID);
  }

  /** This machine, for the report. */
  public static CapacityReport.Machine machine() {
    return ProcessFigures.machine();
  }

  /**
   * Lets streams speak without measuring, so that the compiler has seen everything before the first
   * level.
   *
   * @throws CancellationException if it was told to give up
   */
  public void warmUp(int streams, Duration time)
      throws InterruptedException, StreamsFailedException, BrokerUnreachableException {
    try (LoadGenerator load = begin(streams)) {
      pass(time, load, new LagTrend(), streams, Duration.ZERO, time, true);
    }
    drain();
  }

  /**
   * Measures one level.
   *
   * @param streams how many streams speak
   * @throws CancellationException if it was told to give up
   * @throws StreamsFailedException if a service stops meanwhile, or does not catch up afterwards
   */
  public CapacityLevel measure(int streams)
      throws InterruptedException, StreamsFailedException, BrokerUnreachableException {
    CapacityLevel level;
    try (LoadGenerator load = begin(streams)) {
      Duration all = plan.warmUp().plus(plan.measured());
      Optional<String> hopeless =
          pass(plan.warmUp(), load, new LagTrend(), streams, Duration.ZERO, all, true);
      level = hopeless.isPresent() ? lost(streams, hopeless.get()) : measured(streams, load, all);
    }
    drain();
    return level;
  }

  private CapacityLevel measured(int streams, LoadGenerator load, Duration all)
      throws InterruptedException, StreamsFailedException, BrokerUnreachableException {
    LagTrend lag = new LagTrend();
    Map<String, Long> bytesBefore = ProcessFigures.bytesByTopic();
    events.begin(micros());
    load.measure(true);
    CpuTimes before = ProcessFigures.cpuTimes();
    Optional<String> hopeless =
        pass(plan.measured(), load, lag, streams, plan.warmUp(), all, false);
    CpuTimes after = ProcessFigures.cpuTimes();
    load.measure(false);
    events.end(micros());
    Map<String, Double> bytes = rates(bytesBefore, ProcessFigures.bytesByTopic(), before, after);
    // What was captured last is still on its way.
    pause(Duration.ofMillis(Math.round(2 * plan.limits().latencyMillis())));
    double[] millis = events.millis();
    LatencyMillis latency = LatencyMillis.of(millis);
    Optional<String> reason =
        hopeless.or(() -> plan.limits().brokenBy(latency, lag.growthSeconds()));
    LatencyMillis late = LatencyMillis.of(load.lateMillis());
    Map<Stage, Double> cores = after.coresSince(before);
    Map<String, Double> coresByStage = new TreeMap<>();
    cores.forEach((stage, busy) -> coresByStage.put(stage.label(), CapacityReport.rounded(busy)));
    return new CapacityLevel(
        streams,
        reason.isEmpty(),
        reason.orElse(null),
        CapacityReport.rounded((after.atNanos() - before.atNanos()) / 1e9),
        millis.length,
        latency,
        late == null ? 0 : late.p99(),
        CapacityReport.rounded(lag.lastSeconds()),
        CapacityReport.rounded(lag.growthSeconds()),
        CapacityReport.rounded(cores.values().stream().mapToDouble(Double::doubleValue).sum()),
        coresByStage,
        CapacityReport.rounded(ProcessFigures.heapMebibytes()),
        ProcessFigures.residentMebibytes().map(CapacityReport::rounded).orElse(null),
        bytes);
  }

  private static CapacityLevel lost(int streams, String reason) {
    return new CapacityLevel(
        streams, false, reason, 0, 0, null, 0, 0, 0, 0, Map.of(), 0, null, Map.of());
  }

  private LoadGenerator begin(int streams) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      ids.add(UUID.randomUUID().toString());
    }
    ids.forEach(pipeline.collector()::expect);
    begun += streams;
    return new LoadGenerator(
        new LoadSchedule(streams, plan.chunkMillis()),
        loop,
        ids,
        sampleRateHz,
        pipeline.sink(),
        Clock.systemUTC());
  }

  /** Lets time pass and looks at the lag; gives up early where the level is lost, and says why. */
  private Optional<String> pass(
      Duration time,
      LoadGenerator load,
      LagTrend lag,
      int streams,
      Duration passedBefore,
      Duration all,
      boolean warmingUp)
      throws InterruptedException, StreamsFailedException, BrokerUnreachableException {
    LoadSchedule schedule = new LoadSchedule(streams, plan.chunkMillis());
    long start = System.nanoTime();
    for (long passed = 0; passed < time.toNanos(); passed = System.nanoTime() - start) {
      pause(Duration.ofNanos(Math.min(STEP.toNanos(), time.toNanos() - passed)));
      progress.update(
          (double) (passedBefore.toNanos() + passed) / all.toNanos(), streams, warmingUp);
      requireWell(load);
      lag.add(lagRecords() / schedule.sendsPerSecond());
      if (lag.lastSeconds() > HOPELESS_SECONDS) {
        return Optional.of(
            "behind by " + Math.round(lag.lastSeconds()) + " s of audio while it was measured");
      }
      if (load.lateSeconds() > HOPELESS_SECONDS) {
        return Optional.of(
            "the load left " + Math.round(load.lateSeconds()) + " s late: no time is left for it");
      }
    }
    return Optional.empty();
  }

  private void requireWell(LoadGenerator load) throws StreamsFailedException {
    if (load.failure().isPresent()) {
      throw load.failure().get();
    }
    Optional<Throwable> failure = pipeline.failure();
    if (failure.isPresent()) {
      throw new StreamsFailedException(
          "a service stopped: " + failure.get().getMessage(), failure.get());
    }
  }

  /** Of the service that is behind most. */
  private long lagRecords() throws BrokerUnreachableException, InterruptedException {
    return Math.max(
        sum(featuresLag.of(Topics.AUDIO_CHUNKS)), sum(inferenceLag.of(Topics.LOG_MEL_FRAMES)));
  }

  private static long sum(Map<?, Long> lag) {
    return lag.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Double> rates(
      Map<String, Long> before, Map<String, Long> after, CpuTimes from, CpuTimes to) {
    double seconds = (to.atNanos() - from.atNanos()) / 1e9;
    Map<String, Double> rates = new HashMap<>();
    after.forEach(
        (topic, bytes) ->
            rates.put(
                topic, (double) Math.round((bytes - before.getOrDefault(topic, 0L)) / seconds)));
    return new TreeMap<>(rates);
  }

  /** Waits until all streams' ends have come. */
  private void drain() throws InterruptedException, StreamsFailedException {
    long start = System.nanoTime();
    while (!pipeline.collector().awaitEnded(begun, STEP)) {
      requireNotCancelled();
      if (System.nanoTime() - start > MOST_DRAINING.toNanos()) {
        throw new StreamsFailedException(
            "the services did not catch up within "
                + MOST_DRAINING.toSeconds()
                + " s after the load had ended: try a smaller --to",
            pipeline.failure().orElse(null));
      }
    }
  }

  private void pause(Duration time) throws InterruptedException {
    requireNotCancelled();
    Thread.sleep(time.toMillis());
  }

  private void requireNotCancelled() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException();
    }
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant());
  }

  @Override
  public void close() {
    featuresLag.close();
    inferenceLag.close();
  }
}
