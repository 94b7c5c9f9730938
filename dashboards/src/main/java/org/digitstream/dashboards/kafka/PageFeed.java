package org.digitstream.dashboards.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.StreamEnd;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;

/** Keeps what the page shows up to date, from the topics. Its threads are its own. */
public final class PageFeed implements AutoCloseable {
  private static final long LONGEST_LATENCY_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final TopicWatcher watcher;
  private final EventReader events;
  private final BrokerProbe probe;
  private final ScheduledExecutorService probing =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "page-probe");
            thread.setDaemon(true);
            return thread;
          });
  private final LiveStreams streams;
  private final Gauges gauges;
  private final Scoreboard scoreboard;
  private final Meters meters;

  /**
   * Begins to read what is written from now on.
   *
   * @param connection how to reach the brokers
   * @param streams shown what comes
   * @param gauges count what comes
   * @param scoreboard scores what ends
   * @param services whose lag is asked for
   * @param meters count events that cannot be read, and the score
   * @param clock stamps what is received
   */
  public PageFeed(
      KafkaConnection connection,
      LiveStreams streams,
      Gauges gauges,
      Scoreboard scoreboard,
      List<WatchedService> services,
      Meters meters,
      Clock clock) {
    this.streams = streams;
    this.gauges = gauges;
    this.scoreboard = scoreboard;
    this.meters =
        meters.fromZero(Meters.SCORE_RECORDINGS, Meters.SCORE_DIGITS, Meters.WORD_LATENCY);
    watcher = new TopicWatcher(connection, streams, gauges);
    events = new EventReader(connection, ReadFrom.latest(), this::received, meters, clock);
    probe = new BrokerProbe(connection, services);
    watcher.start();
    events.start();
    probing.scheduleWithFixedDelay(this::ask, 0, 1, TimeUnit.SECONDS);
  }

  private void ask() {
    try {
      probe.ask(gauges);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void received(ReceivedEvent received) {
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

  /** Returns once nothing that is written from now on will be missed. */
  public void awaitReady(Duration timeout) throws InterruptedException, TimeoutException {
    events.awaitAssigned(timeout);
  }

  /** What stopped a part of it, if anything did. */
  public Optional<Throwable> failure() {
    return watcher.failure().or(events::failure);
  }

  @Override
  public void close() {
    probing.shutdownNow();
    watcher.close();
    events.close();
    probe.close();
  }
}
