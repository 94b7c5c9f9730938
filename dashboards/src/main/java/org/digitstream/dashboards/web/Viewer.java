package org.digitstream.dashboards.web;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.digitstream.dashboards.live.Happening;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.StreamHistory;
import org.digitstream.dashboards.live.StreamHistory.Items;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser that looks on. What it is sent is read from the streams' memory when it is ready for
 * more, so a slow one misses something and holds up nobody; no more than one turn's messages wait
 * for it. Methods may be called by any thread.
 */
final class Viewer {
  /** Sends messages, one at a time. Never waits. */
  interface Outlet {
    /** Sends text; tells when it has left, or that it will not. */
    void text(String message, Runnable sent, Runnable failed);

    /** Sends bytes; tells when they have left, or that they will not. */
    void bytes(ByteBuffer message, Runnable sent, Runnable failed);

    /** Ends the connection, so that the browser makes a new one. */
    void close();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);

  /** Reads items from a place on. */
  private interface Reading {
    Optional<Items> from(long cursor);
  }

  /** As long as is kept, and within the 16 bits of the header. */
  private static final int MOST_ITEMS = 3_000;

  /** Where short recordings follow each other quickly, nobody could look at every one, */
  static final int TURNS_BETWEEN_SWITCHES = 25;

  /** and where more follow each other than can be shown, their digits come later than that. */
  static final int TURNS_BETWEEN_SWITCHES_IN_A_FLOOD = 100;

  private static final long BEGINNING = Long.MIN_VALUE / 4;

  private final LiveStreams streams;
  private final Outlet outlet;
  private final Deque<Object> outgoing = new ArrayDeque<>();
  private final AtomicInteger completions = new AtomicInteger();
  private boolean inFlight;
  private Board seen = Board.EMPTY;
  private boolean gone;
  private boolean choosing = true;
  private String wanted;
  private StreamHistory watched;
  private long changesSeen = -1;
  private int turnsSinceSwitch = TURNS_BETWEEN_SWITCHES_IN_A_FLOOD;
  private long happeningCursor;
  private long frameCursor;
  private long outputCursor;
  private long levelCursor;

  Viewer(LiveStreams streams, Outlet outlet, String greeting) {
    this.streams = streams;
    this.outlet = outlet;
    outgoing.add(greeting);
  }

  /** What it wants to watch; null for the stream that begins last. */
  synchronized void watch(String stream) {
    wanted = stream;
    choosing = true;
    turnsSinceSwitch = TURNS_BETWEEN_SWITCHES_IN_A_FLOOD;
  }

  /** The connection is gone: nothing is sent any more. */
  synchronized void leave() {
    gone = true;
    outgoing.clear();
    turnTo(null);
  }

  /** Nothing can be sent any more: the connection is ended. */
  private void giveUp() {
    leave();
    outlet.close();
  }

  /**
   * Sends what is new, if the last turn's messages have left.
   *
   * @param board what every viewer gets; one that is not ready misses what is replaced meanwhile
   */
  void turn(Board board) {
    synchronized (this) {
      if (gone || inFlight) {
        return;
      }
      read(board);
      choose();
      if (watched != null) {
        gather();
      }
    }
    sendNext();
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the message that was sent, not one like it
  private void read(Board board) {
    if (board.streams() != seen.streams()) {
      outgoing.add(board.streams());
    }
    if (board.gauges() != seen.gauges()) {
      outgoing.add(board.gauges());
    }
    if (board.score() != seen.score()) {
      outgoing.add(board.score());
    }
    seen = board;
  }

  private void choose() {
    turnsSinceSwitch++;
    choosing |= streams.changes() != changesSeen;
    if (!choosing || turnsSinceSwitch < TURNS_BETWEEN_SWITCHES) {
      return;
    }
    if (turnsSinceSwitch < TURNS_BETWEEN_SWITCHES_IN_A_FLOOD && streams.isFlooded()) {
      return;
    }
    boolean first = changesSeen < 0;
    choosing = false;
    changesSeen = streams.changes();
    Optional<StreamHistory> choice = wanted == null ? streams.newest() : streams.find(wanted);
    StreamHistory next = choice.orElse(null);
    if (first || next != watched) {
      turnTo(next);
      turnsSinceSwitch = 0;
      happeningCursor = 0;
      frameCursor = BEGINNING;
      outputCursor = BEGINNING;
      levelCursor = BEGINNING;
      outgoing.add(
          next == null
              ? Messages.watching(null, null)
              : Messages.watching(next.id(), next.source()));
    }
  }

  private void turnTo(StreamHistory next) {
    if (watched != null) {
      streams.unwatch(watched);
    }
    watched = next;
    if (next != null) {
      streams.watch(next);
    }
  }

  private void gather() {
    frameCursor = gather(Messages.FRAMES, frameCursor, at -> watched.frames(at, MOST_ITEMS));
    outputCursor = gather(Messages.OUTPUTS, outputCursor, at -> watched.outputs(at, MOST_ITEMS));
    levelCursor = gather(Messages.LEVELS, levelCursor, at -> watched.levels(at, MOST_ITEMS));
    StreamHistory.News news = watched.news(happeningCursor);
    happeningCursor = news.next();
    for (Happening happening : news.happenings()) {
      outgoing.add(Messages.happening(happening));
    }
  }

  private long gather(int kind, long cursor, Reading reading) {
    long at = cursor;
    for (Optional<Items> items = reading.from(at); items.isPresent(); items = reading.from(at)) {
      outgoing.add(Messages.binary(kind, items.get()));
      at = items.get().cursor();
    }
    return at;
  }

  /**
   * A message may leave before the call that sent it returns: a loop, so that calls do not nest. An
   * outlet that throws instead of telling is as good as gone.
   */
  private void sendNext() {
    if (completions.getAndIncrement() > 0) {
      return;
    }
    do {
      Object next;
      synchronized (this) {
        next = gone ? null : outgoing.poll();
        inFlight = next != null;
      }
      try {
        if (next instanceof String text) {
          outlet.text(text, this::sendNext, this::giveUp);
        } else if (next instanceof ByteBuffer bytes) {
          outlet.bytes(bytes, this::sendNext, this::giveUp);
        }
      } catch (RuntimeException e) {
        LOG.debug("a viewer cannot be sent anything", e);
        giveUp();
      }
    } while (completions.decrementAndGet() > 0);
  }
}
