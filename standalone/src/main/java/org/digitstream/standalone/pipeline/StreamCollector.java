package org.digitstream.standalone.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReceivedEvent;

/** Keeps what came out of each stream, and tells when streams have ended. Any number of threads. */
public final class StreamCollector implements EventReader.Listener {
  /**
   * What came out of one stream so far.
   *
   * @param digits its digits in order, each with its stamps
   * @param end its end, if that has come
   */
  public record Collected(List<ReceivedEvent> digits, Optional<StreamEnd> end) {
    /** The digits as a string, such as {@code 2125551234}. */
    public String recognized() {
      StringBuilder text = new StringBuilder();
      digitEvents().forEach(digit -> text.append(digit.digit()));
      return text.toString();
    }

    /** The digits without their stamps. */
    public List<DigitEvent> digitEvents() {
      return digits.stream().map(received -> (DigitEvent) received.event()).toList();
    }
  }

  private static final Collected NOTHING = new Collected(List.of(), Optional.empty());

  private final LongSupplier nanoTime;
  private final EventReader.Listener next;
  private final Map<String, Collected> streams = new HashMap<>();
  private int ended;
  private long lastEventNanos;

  /**
   * A collector that has seen nothing.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @param next sees every event of an expected stream after this
   */
  public StreamCollector(LongSupplier nanoTime, EventReader.Listener next) {
    this.nanoTime = nanoTime;
    this.next = next;
    this.lastEventNanos = nanoTime.getAsLong();
  }

  @Override
  public void received(ReceivedEvent received) {
    if (keep(received)) {
      next.received(received);
    }
  }

  private synchronized boolean keep(ReceivedEvent received) {
    Collected before = streams.get(received.event().streamId());
    if (before == null) {
      return false;
    }
    Collected after;
    if (received.event() instanceof StreamEnd end) {
      after = new Collected(before.digits(), Optional.of(end));
      if (before.end().isEmpty()) {
        ended++;
      }
    } else {
      List<ReceivedEvent> digits = new ArrayList<>(before.digits());
      digits.add(received);
      after = new Collected(List.copyOf(digits), before.end());
    }
    streams.put(received.event().streamId(), after);
    lastEventNanos = nanoTime.getAsLong();
    notifyAll();
    return true;
  }

  /** Begins to keep what comes of a stream; to be called before its first chunk is sent. */
  public synchronized void expect(String streamId) {
    streams.putIfAbsent(streamId, NOTHING);
    lastEventNanos = nanoTime.getAsLong();
  }

  /** What came out of a stream so far. */
  public synchronized Collected of(String streamId) {
    return streams.getOrDefault(streamId, NOTHING);
  }

  /** How many streams have ended. */
  public synchronized int ended() {
    return ended;
  }

  /** How long ago the last event came, or the last stream was expected. */
  public synchronized Duration sinceLastEvent() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastEventNanos);
  }

  /** Returns when so many streams have ended, or after so long; says whether they have. */
  public synchronized boolean awaitEnded(int count, Duration timeout) throws InterruptedException {
    long deadline = nanoTime.getAsLong() + timeout.toNanos();
    while (ended < count) {
      long left = deadline - nanoTime.getAsLong();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }
}
