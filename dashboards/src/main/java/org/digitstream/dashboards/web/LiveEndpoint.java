package org.digitstream.dashboards.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.StreamSummary;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Browsers that look on: {@link Viewers} that a thread of its own gives turns. Any number of
 * threads.
 */
final class LiveEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveEndpoint.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_VIEWERS = 200;
  private static final int MOST_LISTED = 100;
  private static final Duration TURN = Duration.ofMillis(40);
  private static final int TURNS_PER_LIST = 12;

  /** So long it takes in a flood, after the page has rested, until all that run are noticed. */
  private static final int LISTS_UNTIL_NOTICED = 6;

  private final LiveStreams streams;
  private final Gauges gauges;
  private final Scoreboard scoreboard;
  private final PageGuard guard;
  private final ClientPlaces places;
  private final String greeting;
  private final Clock clock;
  private final Viewers viewers = new Viewers();

  /** Of each connection; given back when it ends, whoever ends it. */
  private final Map<String, ClientPlaces.Place> held = new ConcurrentHashMap<>();

  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "page-viewers");
            thread.setDaemon(true);
            return thread;
          });
  private long turn;
  private long scoreSeen;
  private long running;
  private int listsUntilNoticed;
  private Board board = Board.EMPTY;

  /**
   * Takes connections once it was {@linkplain #addTo added}, and sends once it was {@linkplain
   * #start started}.
   *
   * @param streams what there is to see
   * @param gauges what there is to watch
   * @param scoreboard the score
   * @param guard counts what clients send
   * @param places of the connections that a client has
   * @param greeting what each is told first
   * @param clock stamps the gauges
   */
  LiveEndpoint(
      LiveStreams streams,
      Gauges gauges,
      Scoreboard scoreboard,
      PageGuard guard,
      ClientPlaces places,
      String greeting,
      Clock clock) {
    this.streams = streams;
    this.gauges = gauges;
    this.scoreboard = scoreboard;
    this.guard = guard;
    this.places = places;
    this.greeting = greeting;
    this.clock = clock;
  }

  void addTo(RoutesConfig routes) {
    routes.ws("/ws/live", this::serve);
  }

  void start() {
    turns.scheduleWithFixedDelay(
        this::turnVisibly, TURN.toMillis(), TURN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends nothing more. */
  @Override
  public void close() {
    turns.shutdownNow();
  }

  private void serve(WsConfig socket) {
    socket.onConnect(
        connection -> {
          Optional<ClientPlaces.Place> place =
              viewers.count() >= MOST_VIEWERS
                  ? Optional.empty()
                  : places.take(ClientAddress.of(connection));
          if (place.isEmpty()) {
            connection.closeSession(1013, "too many are looking on; try again later");
            return;
          }
          held.put(connection.sessionId(), place.get());
          Viewer viewer = new Viewer(streams, new SessionOutlet(connection.session), greeting);
          viewers.join(connection.sessionId(), viewer);
        });
    socket.onMessage(
        message -> {
          if (!guard.admits(ClientAddress.of(message))) {
            message.closeSession(1008, "too many messages in a minute");
            return;
          }
          try {
            JsonNode node = JSON.readTree(message.message());
            if (node != null && node.has("watch")) {
              String stream = node.get("watch").isNull() ? null : node.get("watch").asText();
              viewers.find(message.sessionId()).ifPresent(viewer -> viewer.watch(stream));
              return;
            }
          } catch (JsonProcessingException e) {
            // Said below, as for any other text.
          }
          message.closeSession(1008, "say {\"watch\":\"STREAM\"} or {\"watch\":null}");
        });
    socket.onClose(closed -> leave(closed));
    socket.onError(failed -> leave(failed));
  }

  private void leave(WsContext connection) {
    viewers.leave(connection.sessionId());
    ClientPlaces.Place place = held.remove(connection.sessionId());
    if (place != null) {
      place.release();
    }
  }

  private void turnVisibly() {
    try {
      turn++;
      if (turn % TURNS_PER_LIST == 0) {
        board = board(turn % (2 * TURNS_PER_LIST) == 0);
      }
      viewers.turn(board);
    } catch (RuntimeException e) {
      // The next turn may do better; a silent end of all turns would not.
      LOG.error("a turn of the page failed", e);
    }
  }

  private Board board(boolean measured) {
    streams.settle();
    List<StreamSummary> all = streams.list();
    String list = Messages.streams(all.subList(0, Math.min(MOST_LISTED, all.size())));
    String score = board.score();
    if (scoreboard.changes() != scoreSeen) {
      scoreSeen = scoreboard.changes();
      score = scoreboard.score().map(Messages::score).orElse(null);
    }
    running = running(all);
    return new Board(
        list.equals(board.streams()) ? board.streams() : list,
        measured ? Messages.gauges(gauges.read(clock.millis(), running)) : board.gauges(),
        score);
  }

  /** How many run; in a flood no fewer than before while they are not noticed. */
  private long running(List<StreamSummary> all) {
    long noticed = all.stream().filter(s -> s.state() == StreamSummary.State.RUNNING).count();
    if (!streams.isFlooded()) {
      listsUntilNoticed = 0;
    } else if (streams.isFull()) {
      listsUntilNoticed = LISTS_UNTIL_NOTICED;
    } else {
      listsUntilNoticed = Math.max(0, listsUntilNoticed - 1);
    }
    return listsUntilNoticed > 0 ? Math.max(running, noticed) : noticed;
  }

  /** Jetty's side of a viewer. */
  private record SessionOutlet(Session session) implements Viewer.Outlet {
    @Override
    public void text(String message, Runnable sent, Runnable failed) {
      session.sendText(message, Callback.from(sent, failure -> failed.run()));
    }

    @Override
    public void bytes(ByteBuffer message, Runnable sent, Runnable failed) {
      session.sendBinary(message, Callback.from(sent, failure -> failed.run()));
    }

    @Override
    public void close() {
      session.disconnect();
    }
  }
}
