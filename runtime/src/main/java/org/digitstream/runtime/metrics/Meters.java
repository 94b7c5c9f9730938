package org.digitstream.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.digitstream.contract.GapReason;
import org.digitstream.runtime.kafka.DeadLetterReason;

/**
 * What the services count and time. All names are here; the table gives them as Prometheus shows
 * them, and every one has the label {@code service}. What each one tells, and when to worry, is in
 * {@code docs/metrics.md}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>Name<th>Further labels<th>What
 * <tr><td>{@code digitstream_ready}<td><td>1 while the service does its work, 0 while it cannot
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
 * <tr><td>{@code digitstream_consumer_lag_records}<td>{@code topic, partition}<td>records that the
 * service has still to work on, by its own account
 * <tr><td>{@code digitstream_consumer_lag_committed_records}<td>{@code topic, partition}<td>records
 * beyond what the service has committed
 * <tr><td>{@code digitstream_score_recordings_total}<td>{@code outcome}<td>labelled recordings
 * <tr><td>{@code digitstream_score_digits_total}<td>{@code outcome}<td>digits of labelled recordings
 * <tr><td>{@code digitstream_word_latency_seconds}<td><td>from the end of a word to its event where
 * people see it: histogram
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

  /** Whether the service does its work. */
  public static final String READY = "digitstream.ready";

  /** Records that the service has still to work on, by its own account. */
  public static final String CONSUMER_LAG = "digitstream.consumer.lag";

  /** Records beyond what the service has committed. */
  public static final String CONSUMER_LAG_COMMITTED = "digitstream.consumer.lag.committed";

  /** Labelled recordings, by whether every digit was right. */
  public static final String SCORE_RECORDINGS = "digitstream.score.recordings";

  /** Digits of labelled recordings, by what became of them. */
  public static final String SCORE_DIGITS = "digitstream.score.digits";

  /** From the end of a word to its event where people see it. */
  public static final String WORD_LATENCY = "digitstream.word.latency";

  private static final String SECONDS = "seconds";
  private static final String RECORDS = "records";
  private static final int DIGITS = 10;
  private static final Duration LONGEST_LATENCY = Duration.ofHours(1);

  private final MeterRegistry registry;
  private final Tags tags;

  /** Those without further labels: asking the registry each time is felt by small records. */
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  private final Map<String, Timer> timers = new ConcurrentHashMap<>();
  private final MultiGauge lag;
  private final MultiGauge committedLag;

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
    this.lag = lagGauge(CONSUMER_LAG);
    this.committedLag = lagGauge(CONSUMER_LAG_COMMITTED);
  }

  /**
   * An empty registry for {@code /metrics}. It leaves out of the hundreds of meters of each Kafka
   * client those that nobody looks at; see {@link KafkaMeters}.
   */
  public static PrometheusMeterRegistry prometheusRegistry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(KafkaMeters.kept()).meterFilter(KafkaMeters.steadyNames());
    return registry;
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

  /** The labels that every meter of this service has. */
  Tags tags() {
    return tags;
  }

  /**
   * Shows meters before there is anything to count, at 0. Prometheus takes a counter that appears
   * as 1 for one that has always been 1, and the first gap would go unseen.
   *
   * @param names constants of this class; counters and histograms
   * @return this
   * @throws IllegalArgumentException naming the one that is neither
   */
  public Meters fromZero(String... names) {
    for (String name : names) {
      switch (name) {
        case CHUNKS, FRAMES, WINDOWS -> counter(name, null);
        case AUDIO, DUPLICATE -> counter(name, SECONDS);
        case GAPS, GAP -> {
          for (GapReason reason : GapReason.values()) {
            counter(name, name.equals(GAP) ? SECONDS : null, "reason", label(reason));
          }
        }
        case STREAMS -> outcomes(name, "ended", "incomplete");
        case EVENTS -> {
          for (int digit = 0; digit < DIGITS; digit++) {
            counter(name, null, "digit", Integer.toString(digit));
          }
        }
        case INFERENCE -> inferenceTimer();
        case EVENT_LATENCY, WORD_LATENCY -> latencyTimer(name);
        case SCORE_RECORDINGS -> outcomes(name, "right", "wrong");
        case SCORE_DIGITS -> outcomes(name, "right", "substituted", "inserted", "deleted");
        default -> throw new IllegalArgumentException(name + " cannot be shown at 0");
      }
    }
    return this;
  }

  /**
   * Shows the dead letters of a topic, of every reason, at 0; see {@link #fromZero}.
   *
   * @return this
   */
  public Meters deadLettersFromZero(String topic) {
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters(topic, reason);
    }
    return this;
  }

  /**
   * Shows whether the service does its work.
   *
   * @param ready asked at each scrape, by any thread; shall answer within a few seconds
   */
  public void ready(BooleanSupplier ready) {
    Gauge.builder(READY, () -> ready.getAsBoolean() ? 1 : 0).tags(tags).register(registry);
  }

  /** Counts a chunk and the audio in it. */
  public void chunk(int samples, int sampleRateHz) {
    counter(CHUNKS, null).increment();
    counter(AUDIO, SECONDS).increment((double) samples / sampleRateHz);
  }

  /** Counts a gap; {@link GapReason#NONE} is a gap that nobody announced: {@code unexplained}. */
  public void gap(GapReason reason, double seconds) {
    counter(GAPS, null, "reason", label(reason)).increment();
    counter(GAP, SECONDS, "reason", label(reason)).increment(seconds);
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
    inferenceTimer().record(time);
  }

  /**
   * Counts a digit and times how long it took. A latency that is negative or over an hour tells of
   * clocks, not of this program, and is left out of the times.
   */
  public void event(int digit, Duration latency) {
    counter(EVENTS, null, "digit", Integer.toString(digit)).increment();
    recordLatency(EVENT_LATENCY, latency);
  }

  /** Counts a record put aside. */
  public void deadLetter(String topic, DeadLetterReason reason) {
    deadLetters(topic, reason).increment();
  }

  /** Shows the model in use. */
  public void model(String modelId, String featureSpecId) {
    Gauge.builder(MODEL, () -> 1)
        .tags(tags.and("model", modelId, "feature.spec", featureSpecId))
        .register(registry);
  }

  /**
   * Shows how far the service is behind, in records of each partition that it has. Partitions that
   * are in neither map any more are no longer shown.
   *
   * @param current what it has still to work on, by its own account
   * @param committed what lies beyond its committed offsets; empty where no broker tells
   */
  public void consumerLag(Map<TopicPartition, Long> current, Map<TopicPartition, Long> committed) {
    lag.register(rows(current), true);
    committedLag.register(rows(committed), true);
  }

  /** Counts a labelled recording that came to its end. */
  public void scoredRecording(boolean right) {
    counter(SCORE_RECORDINGS, null, "outcome", right ? "right" : "wrong").increment();
  }

  /**
   * Counts the digits of a labelled recording: those of its label that were right, heard as another
   * or not heard, and those that were heard where none was said.
   */
  public void scoredDigits(int right, int substituted, int inserted, int deleted) {
    counter(SCORE_DIGITS, null, "outcome", "right").increment(right);
    counter(SCORE_DIGITS, null, "outcome", "substituted").increment(substituted);
    counter(SCORE_DIGITS, null, "outcome", "inserted").increment(inserted);
    counter(SCORE_DIGITS, null, "outcome", "deleted").increment(deleted);
  }

  /**
   * Times a word from its end to where people see its digit. A time that is negative or over an
   * hour is left out, as it is by {@link #event}.
   */
  public void wordLatency(Duration latency) {
    recordLatency(WORD_LATENCY, latency);
  }

  private void recordLatency(String name, Duration latency) {
    if (!latency.isNegative() && latency.compareTo(LONGEST_LATENCY) <= 0) {
      latencyTimer(name).record(latency);
    }
  }

  private Timer latencyTimer(String name) {
    return timer(name, 5, 10, 20, 50, 100, 150, 200, 300, 500, 1000, 2000, 5000);
  }

  private Timer inferenceTimer() {
    return timer(INFERENCE, 0.5, 1, 2, 5, 10, 20, 50, 100);
  }

  private Timer timer(String name, double... boundsMillis) {
    return timers.computeIfAbsent(
        name,
        own ->
            Timer.builder(own)
                .tags(tags)
                .serviceLevelObjectives(millis(boundsMillis))
                .register(registry));
  }

  private Counter deadLetters(String topic, DeadLetterReason reason) {
    return counter(DEAD_LETTERS, null, "topic", topic, "reason", reason.label());
  }

  private void outcomes(String name, String... outcomes) {
    for (String outcome : outcomes) {
      counter(name, null, "outcome", outcome);
    }
  }

  private MultiGauge lagGauge(String name) {
    return MultiGauge.builder(name).tags(tags).baseUnit(RECORDS).register(registry);
  }

  private static List<MultiGauge.Row<?>> rows(Map<TopicPartition, Long> lag) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    lag.forEach(
        (partition, records) ->
            rows.add(
                MultiGauge.Row.of(
                    Tags.of(
                        "topic",
                        partition.topic(),
                        "partition",
                        Integer.toString(partition.partition())),
                    records)));
    return rows;
  }

  private static String label(GapReason reason) {
    return reason == GapReason.NONE
        ? "unexplained"
        : reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Counter counter(String name, String unit, String... furtherTags) {
    return furtherTags.length == 0
        ? counters.computeIfAbsent(name, own -> registered(own, unit))
        : registered(name, unit, furtherTags);
  }

  private Counter registered(String name, String unit, String... furtherTags) {
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
