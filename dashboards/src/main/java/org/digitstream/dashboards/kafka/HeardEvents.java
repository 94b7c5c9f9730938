package org.digitstream.dashboards.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.StreamEnd;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.runtime.metrics.Meters;

/** Shows, counts and scores the events that are read. One thread. */
final class HeardEvents implements EventReader.Listener {
  private static final long LONGEST_LATENCY_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final LiveStreams streams;
  private final Gauges gauges;
  private final Scoreboard scoreboard;
  private final Meters meters;

  HeardEvents(LiveStreams streams, Gauges gauges, Scoreboard scoreboard, Meters meters) {
    this.streams = streams;
    this.gauges = gauges;
    this.scoreboard = scoreboard;
    this.meters =
        meters.fromZero(Meters.SCORE_RECORDINGS, Meters.SCORE_DIGITS, Meters.WORD_LATENCY);
  }

  @Override
  public void received(ReceivedEvent received) {
    if (received.event() instanceof DigitEvent digit) {
      Long latencyMillis =
          received.stamps().map(stamps -> latencyMillis(stamps, digit, received)).orElse(null);
      gauges.digit(latencyMillis, received.receivedAtMicros() / 1000);
      streams.accept(digit, latencyMillis);
      if (latencyMillis != null) {
        meters.wordLatency(Duration.ofMillis(latencyMillis));
      }
    } else if (received.event() instanceof StreamEnd end) {
      scoreboard
          .ended(streams.accept(end))
          .ifPresent(
              result -> {
                meters.scoredRecording(result.right());
                meters.scoredDigits(
                    result.correct(),
                    result.substitutions(),
                    result.insertions(),
                    result.deletions());
              });
    }
  }

  /** Null where the clocks of two machines disagree by more than the latency. */
  private static Long latencyMillis(
      LatencyStamps stamps, DigitEvent digit, ReceivedEvent received) {
    long sinceWordMicros =
        (stamps.capturedSample() - digit.endSample()) * 1_000_000L / digit.sampleRateHz();
    long millis =
        (received.receivedAtMicros() - stamps.capturedAtMicros() + sinceWordMicros) / 1000;
    return millis < 0 || millis > LONGEST_LATENCY_MILLIS ? null : millis;
  }
}
