package org.digitstream.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.time.Duration;
import java.util.Locale;
import org.digitstream.contract.GapReason;
import org.digitstream.runtime.kafka.DeadLetterReason;

/**
 * What the services count and time. All names are here; the table gives them as Prometheus shows
 * them, and every one has the label {@code service}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>Name<th>Further labels<th>What
 * <tr><td>{@code digitstream_audio_seconds_total}<td><td>audio taken in
 * <tr><td>{@code digitstream_chunks_total}<td><td>audio chunks taken in
 * <tr><td>{@code digitstream_gaps_total}<td>{@code reason}<td>gaps in streams
 * <tr><td>{@code digitstream_gap_seconds_total}<td>{@code reason}<td>audio missing in gaps
 * <tr><td>{@code digitstream_duplicate_seconds_total}<td><td>audio or frames that had been seen
 * before and were dropped
 * <tr><td>{@code digitstream_frames_total}<td><td>log-mel frames made or taken in
 * <tr><td>{@code digitstream_streams_total}<td>{@code outcome}<td>streams that were ended, or given
 * up as incomplete
 * <tr><td>{@code digitstream_inference_seconds}<td><td>time of one call of the classifier:
 * histogram, whose count is the number of calls
 * <tr><td>{@code digitstream_windows_total}<td><td>windows classified
 * <tr><td>{@code digitstream_events_total}<td>{@code digit}<td>digits heard
 * <tr><td>{@code digitstream_event_latency_seconds}<td><td>from the capture of the last sample that
 * came with a digit to its event: histogram
 * <tr><td>{@code digitstream_dead_letters_total}<td>{@code topic, reason}<td>records put aside
 * <tr><td>{@code digitstream_model}<td>{@code model, feature_spec}<td>1
 * </table>
 *
 * <p>Any number of threads.
 */
public final class Meters {
  /** Audio taken in, in seconds. */
  public static final String AUDIO = "digitstream.audio";

  /** Audio chunks taken in. */
  public static final String CHUNKS = "digitstream.chunks";

  /** Gaps in streams. */
  public static final String GAPS = "digitstream.gaps";

  /** Audio missing in gaps, in seconds. */
  public static final String GAP = "digitstream.gap";

  /** Audio or frames dropped because they had been seen before, in seconds. */
  public static final String DUPLICATE = "digitstream.duplicate";

  /** Log-mel frames made or taken in. */
  public static final String FRAMES = "digitstream.frames";

  /** Streams by outcome. */
  public static final String STREAMS = "digitstream.streams";

  /** Time of one call of the classifier. */
  public static final String INFERENCE = "digitstream.inference";

  /** Windows classified. */
  public static final String WINDOWS = "digitstream.windows";

  /** Digits heard. */
  public static final String EVENTS = "digitstream.events";

  /** From the capture of the last sample that came with a digit to its event. */
  public static final String EVENT_LATENCY = "digitstream.event.latency";

  /** Records put aside. */
  public static final String DEAD_LETTERS = "digitstream.dead.letters";

  /** The model in use. */
  public static final String MODEL = "digitstream.model";

  private static final String SECONDS = "seconds";
  private static final Duration LONGEST_LATENCY = Duration.ofHours(1);

  private final MeterRegistry registry;
  private final Tags tags;

  /**
   * The meters of one service.
   *
   * @param registry where they are kept
   * @param service the label {@code service}: {@code ingest}, {@code features}, {@code inference}
   *     ...
   */
  public Meters(MeterRegistry registry, String service) {
    this.registry = registry;
    this.tags = Tags.of("service", service);
  }

  /**
   * Adds the meters of the Java machine and its process; once per registry. They live as long as
   * the process.
   */
  @SuppressWarnings("resource") // the listener for collections stays to the end of the process
  public static void bindJvm(MeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** The registry that the meters are kept in. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Counts a chunk and the audio in it. */
  public void chunk(int samples, int sampleRateHz) {
    counter(CHUNKS, null).increment();
    counter(AUDIO, SECONDS).increment((double) samples / sampleRateHz);
  }

  /** Counts a gap; {@link GapReason#NONE} is a gap that nobody announced: {@code unexplained}. */
  public void gap(GapReason reason, double seconds) {
    String label =
        reason == GapReason.NONE
            ? "unexplained"
            : reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    counter(GAPS, null, "reason", label).increment();
    counter(GAP, SECONDS, "reason", label).increment(seconds);
  }

  /** Counts audio, or the time that frames stand for, that had been seen before. */
  public void duplicate(double seconds) {
    counter(DUPLICATE, SECONDS).increment(seconds);
  }

  /** Counts frames. */
  public void frames(int count) {
    counter(FRAMES, null).increment(count);
  }

  /** Counts a stream whose end was seen. */
  public void streamEnded() {
    counter(STREAMS, null, "outcome", "ended").increment();
  }

  /** Counts a stream that was given up without an end. */
  public void streamIncomplete() {
    counter(STREAMS, null, "outcome", "incomplete").increment();
  }

  /** Counts a window and times the call that classified it. */
  public void inference(Duration time) {
    counter(WINDOWS, null).increment();
    Timer.builder(INFERENCE)
        .tags(tags)
        .serviceLevelObjectives(millis(0.5, 1, 2, 5, 10, 20, 50, 100))
        .register(registry)
        .record(time);
  }

  /**
   * Counts a digit and times how long it took. A latency that is negative or over an hour tells of
   * clocks, not of this program, and is left out of the times.
   */
  public void event(int digit, Duration latency) {
    counter(EVENTS, null, "digit", Integer.toString(digit)).increment();
    if (!latency.isNegative() && latency.compareTo(LONGEST_LATENCY) <= 0) {
      Timer.builder(EVENT_LATENCY)
          .tags(tags)
          .serviceLevelObjectives(millis(5, 10, 20, 50, 100, 150, 200, 300, 500, 1000, 2000, 5000))
          .register(registry)
          .record(latency);
    }
  }

  /** Counts a record put aside. */
  public void deadLetter(String topic, DeadLetterReason reason) {
    counter(DEAD_LETTERS, null, "topic", topic, "reason", reason.label()).increment();
  }

  /** Shows the model in use. */
  public void model(String modelId, String featureSpecId) {
    Gauge.builder(MODEL, () -> 1)
        .tags(tags.and("model", modelId, "feature.spec", featureSpecId))
        .register(registry);
  }

  private Counter counter(String name, String unit, String... furtherTags) {
    return Counter.builder(name).baseUnit(unit).tags(tags.and(furtherTags)).register(registry);
  }

  private static Duration[] millis(double... values) {
    Duration[] durations = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      durations[i] = Duration.ofNanos(Math.round(values[i] * 1e6));
    }
    return durations;
  }
}
