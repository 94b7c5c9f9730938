package org.digitstream.dashboards.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;

/** Keeps what the page shows up to date, from the topics. Its threads are its own. */
public final class PageFeed implements AutoCloseable {
  /** As the other topics are read; the latencies that are shown may be longer by as much. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private final TopicWatcher watcher;
  private final EventReader events;
  private final HeardEvents heard;
  private final boolean ownEvents;
  private final BrokerProbe probe;
  private final ScheduledExecutorService probing =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "page-probe");
            thread.setDaemon(true);
            return thread;
          });
  private final Gauges gauges;

  /**
   * Begins to read what is written from now on.
   *
   * @param connection how to reach the brokers
   * @param shared reads the events in this process already, and is closed by somebody else; nothing
   *     where the page has to read them itself
   * @param streams shown what comes
   * @param gauges count what comes
   * @param scoreboard scores what ends
   * @param services whose lag is asked for
   * @param meters count events that cannot be read, and the score
   * @param clock stamps what is received
   */
  public PageFeed(
      KafkaConnection connection,
      Optional<EventReader> shared,
      LiveStreams streams,
      Gauges gauges,
      Scoreboard scoreboard,
      List<WatchedService> services,
      Meters meters,
      Clock clock) {
    this.gauges = gauges;
    watcher = new TopicWatcher(connection, streams, gauges);
    heard = new HeardEvents(streams, gauges, scoreboard, meters);
    ownEvents = shared.isEmpty();
    if (ownEvents) {
      events = new EventReader(connection, ReadFrom.latest(), heard, meters, clock, GATHER);
    } else {
      events = shared.get();
      events.add(heard);
    }
    probe = new BrokerProbe(connection, services);
    watcher.start();
    if (ownEvents) {
      events.start();
    }
    probing.scheduleWithFixedDelay(this::ask, 0, 1, TimeUnit.SECONDS);
  }

  private void ask() {
    try {
      probe.ask(gauges);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
    events.remove(heard);
    if (ownEvents) {
      events.close();
    }
    probe.close();
  }
}
