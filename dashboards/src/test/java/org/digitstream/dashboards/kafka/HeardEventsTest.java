package org.digitstream.dashboards.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.Happening;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Quantiles;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.Scorer;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;

class HeardEventsTest {
  private static final int RATE = 16_000;
  private static final long RECEIVED_MICROS = 1_700_000_000_000_000L;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LiveStreams streams =
      new LiveStreams(FeatureSpec.WIDEBAND, UtteranceGrouper.DEFAULT_PAUSE, Clock.systemUTC());
  private final Gauges gauges = new Gauges(0);
  private final Scoreboard scoreboard = new Scoreboard(new SaidIsSeven());
  private final HeardEvents heard =
      new HeardEvents(streams, gauges, scoreboard, new Meters(registry, "page"));

  /** Every WAV file says 7. */
  private static final class SaidIsSeven implements Scorer {
    @Override
    public Optional<String> said(String source) {
      return source.endsWith(".wav") ? Optional.of("7") : Optional.empty();
    }

    @Override
    public List<Pair> align(String said, String other) {
      return List.of(new Pair(7, other.isEmpty() ? NONE : other.charAt(0) - '0'));
    }
  }

  /** A 7 that ended a quarter of a second before the sample that it needed. */
  private static DigitEvent seven(String source) {
    return new DigitEvent("s", source, 0, 7, 8_000, 12_000, RATE, 0.9f, List.of(), "m");
  }

  private static ReceivedEvent received(StreamEvent event, long capturedBeforeMicros) {
    return new ReceivedEvent(
        event,
        Optional.of(new LatencyStamps(RECEIVED_MICROS - capturedBeforeMicros, RATE, 0)),
        RECEIVED_MICROS,
        0,
        0);
  }

  private Long latencyMillis() {
    return ((Happening.Digit) streams.find("s").orElseThrow().news(0).happenings().get(0))
        .latencyMillis();
  }

  private Quantiles latencyGauge() {
    return gauges.read(RECEIVED_MICROS / 1_000, 0).latencyMillis();
  }

  private double counted(String meter, String outcome) {
    return registry.get(meter).tag("outcome", outcome).counter().count();
  }

  @Test
  void latencyIsFromTheEndOfTheWord() {
    heard.received(received(seven("s.wav"), 50_000));
    assertThat(latencyMillis()).isEqualTo(300);
    assertThat(latencyGauge().p50()).isEqualTo(300);
    assertThat(registry.get(Meters.WORD_LATENCY).timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(300);
  }

  @Test
  void whereClocksDisagreeTheDigitHasNoLatency() {
    heard.received(received(seven("s.wav"), -300_000));
    assertThat(latencyMillis()).isNull();
    assertThat(latencyGauge()).isNull();
    assertThat(registry.get(Meters.WORD_LATENCY).timer().count()).isZero();
  }

  @Test
  void whatIsReadAnHourLaterHasNoLatency() {
    heard.received(received(seven("s.wav"), TimeUnit.HOURS.toMicros(1)));
    assertThat(latencyMillis()).isNull();
  }

  @Test
  void aDigitWithoutStampsIsShownAllTheSame() {
    heard.received(new ReceivedEvent(seven("s.wav"), Optional.empty(), RECEIVED_MICROS, 0, 0));
    assertThat(streams.find("s").orElseThrow().digits()).isEqualTo("7");
    assertThat(latencyMillis()).isNull();
    assertThat(gauges.read(1_000, 0).digitsPerSecond()).isEqualTo(1);
  }

  @Test
  void aLabelledStreamIsScoredWhenItEnds() {
    heard.received(received(seven("s.wav"), 50_000));
    assertThat(scoreboard.score()).isEmpty();
    heard.received(received(new StreamEnd("s", "s.wav", 1, RATE, RATE, "m"), 0));
    assertThat(scoreboard.score().orElseThrow().right()).isEqualTo(1);
    assertThat(counted(Meters.SCORE_RECORDINGS, "right")).isEqualTo(1);
    assertThat(counted(Meters.SCORE_DIGITS, "right")).isEqualTo(1);
  }

  @Test
  void aStreamWithoutALabelIsNotScored() {
    heard.received(received(seven("microphone"), 50_000));
    heard.received(received(new StreamEnd("s", "microphone", 1, RATE, RATE, "m"), 0));
    assertThat(streams.find("s").orElseThrow().digits()).isEqualTo("7");
    assertThat(scoreboard.score()).isEmpty();
    assertThat(counted(Meters.SCORE_RECORDINGS, "right")).isZero();
    assertThat(counted(Meters.SCORE_RECORDINGS, "wrong")).isZero();
  }
}
