package org.digitstream.dashboards.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.digitstream.dashboards.live.AudioClip;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.StreamHistory;
import org.digitstream.dashboards.live.StreamSummary;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the live page at an address of its own. Its threads are its own; closing ends them and all
 * connections.
 */
public final class LivePage implements AutoCloseable {
  /**
   * What the page says about the program.
   *
   * @param version of the program
   * @param model the model in use; null where it is not known
   * @param classes the model's classes, the digits first
   * @param bandHz the frequency that each mel band is about, low to high
   */
  public record About(String version, String model, List<String> classes, List<Double> bandHz) {}

  private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_VIEWERS = 200;
  private static final int MOST_LISTED = 100;
  private static final Duration TURN = Duration.ofMillis(40);
  private static final Duration MICROPHONE_IDLE = Duration.ofMinutes(1);
  private static final Duration VIEWER_IDLE = Duration.ofMinutes(5);
  private static final int TURNS_PER_LIST = 12;
  private static final String FIRST_SAMPLE = "Digitstream-First-Sample";

  /** Each is held in memory while it comes. */
  private static final int MOST_UPLOADS_AT_A_TIME = 4;

  private static final int LEAST_UPLOAD_BYTES_PER_SECOND = 2_000;

  private final PageAccess access;
  private final About about;
  private final LiveStreams streams;
  private final Gauges gauges;
  private final Scoreboard scoreboard;
  private final Optional<AudioIntake> intake;
  private final Clock clock;
  private final Javalin server;
  private final PageGuard guard;
  private final ClientPlaces streamPlaces;
  private final ClientPlaces viewerPlaces;
  private final Semaphore uploads = new Semaphore(MOST_UPLOADS_AT_A_TIME);
  private final Viewers viewers = new Viewers();
  private final Map<String, MicrophoneSocket> microphones = new ConcurrentHashMap<>();

  /** Of each connection; given back when it ends, whoever ends it. */
  private final Map<String, ClientPlaces.Place> places = new ConcurrentHashMap<>();

  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "page-viewers");
            thread.setDaemon(true);
            return thread;
          });
  private long turn;
  private long scoreSeen;
  private Board board = Board.EMPTY;

  /**
   * Starts to serve.
   *
   * @param access where, and who may come
   * @param about what the page says about the program
   * @param streams what there is to see
   * @param gauges what there is to watch
   * @param scoreboard the score
   * @param intake where audio goes that people bring; nothing if the page shall take none
   * @param routes adds what else is served at this address, such as metrics
   * @param clock stamps the gauges
   * @throws IllegalStateException if nothing can listen there, saying why
   */
  public LivePage(
      PageAccess access,
      About about,
      LiveStreams streams,
      Gauges gauges,
      Scoreboard scoreboard,
      Optional<AudioIntake> intake,
      Consumer<JavalinConfig> routes,
      Clock clock) {
    this.access = access;
    this.about = about;
    this.streams = streams;
    this.gauges = gauges;
    this.scoreboard = scoreboard;
    this.intake = intake;
    this.clock = clock;
    guard = new PageGuard(access, this::port, System::nanoTime);
    streamPlaces = new ClientPlaces(access.limits().streamsPerClient(), System::nanoTime);
    viewerPlaces = new ClientPlaces(access.limits().viewersPerClient(), System::nanoTime);
    server =
        Javalin.create(
            config -> {
              configure(config);
              routes.accept(config);
            });
    try {
      server.start(access.host(), access.port());
    } catch (RuntimeException e) {
      server.stop();
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IllegalStateException(
          "the page cannot be served at "
              + access.host()
              + ":"
              + access.port()
              + ": "
              + root.getMessage()
              + ". Choose another port; 0 takes any that is free.",
          e);
    }
    turns.scheduleWithFixedDelay(
        this::turnVisibly, TURN.toMillis(), TURN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = access.limits().uploadBytes();
    // Whoever sends a byte now and then would hold a thread for as long as it likes.
    config.jetty.modifyHttpConfiguration(
        http -> http.setMinRequestDataRate(LEAST_UPLOAD_BYTES_PER_SECOND));
    access.certificate().ifPresent(certificate -> serveSecurely(config, certificate));
    config.staticFiles.add(
        files -> {
          files.directory = "/web";
          files.location = Location.CLASSPATH;
          files.headers = Map.of("Cache-Control", "no-cache");
        });
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxBinaryMessageSize(4 * MicrophoneSocket.MOST_BYTES);
          factory.setMaxTextMessageSize(4 * MicrophoneSocket.MOST_BYTES);
          factory.setIdleTimeout(VIEWER_IDLE);
        });
    guard.install(config);
    // Browsers ask for it where a page names no icon: the entrance, metrics, a refusal.
    config.routes.get("/favicon.ico", request -> request.redirect("favicon.svg"));
    config.routes.get("/api/recordings", this::recordings);
    config.routes.post("/api/recordings/{name}", this::replayRecording);
    config.routes.post("/api/replays", this::replayUpload);
    config.routes.get("/api/streams/{id}/audio.wav", this::audio);
    config.routes.get("/api/streams/{id}/window", this::window);
    config.routes.ws("/ws/live", this::live);
    config.routes.ws("/ws/microphone", this::microphone);
    config.routes.exception(
        IntakeException.class,
        (e, request) ->
            PageGuard.answer(new Refused(e.reason().status(), e.getMessage()), request));
  }

  private void serveSecurely(JavalinConfig config, ServerCertificate certificate) {
    config.jetty.addConnector(
        (jetty, http) -> {
          HttpConfiguration https = new HttpConfiguration(http);
          // The certificate's name is the browser's to check; it may be asked by its address.
          https.addCustomizer(new SecureRequestCustomizer(false));
          ServerConnector connector =
              new ServerConnector(jetty, certificate.toJetty(), new HttpConnectionFactory(https));
          connector.setHost(access.host());
          connector.setPort(access.port());
          return connector;
        });
  }

  /** The port that it listens at. */
  public int port() {
    return server.port();
  }

  /** Where the page is, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    String host = access.host();
    String shown =
        host.equals("0.0.0.0") || host.equals("::")
            ? "localhost"
            : host.contains(":") ? "[" + host + "]" : host;
    return (access.certificate().isPresent() ? "https://" : "http://") + shown + ":" + port() + "/";
  }

  /**
   * What a person opens in a browser: the address, with the token where there is one. For whoever
   * started the page, and for no log.
   */
  public String entrance() {
    return address() + access.token().map(token -> "?token=" + token.reveal()).orElse("");
  }

  @Override
  public void close() {
    turns.shutdownNow();
    microphones.values().forEach(MicrophoneSocket::end);
    server.stop();
  }

  private AudioIntake requireIntake() {
    return intake.orElseThrow(
        () -> new Refused(503, "this page takes no audio: it was started to look on only"));
  }

  private void recordings(Context request) {
    request.json(intake.map(AudioIntake::recordings).orElse(List.of()));
  }

  private void replayRecording(Context request) throws IntakeException {
    AudioIntake to = requireIntake();
    request.status(202).json(begin(request, () -> to.replay(request.pathParam("name"))));
  }

  private void replayUpload(Context request) throws IntakeException, IOException {
    AudioIntake to = requireIntake();
    String name = Optional.ofNullable(request.queryParam("name")).orElse("recording.wav");
    long most = access.limits().uploadBytes();
    if (request.contentLength() > most) {
      throw tooLarge();
    }
    if (!uploads.tryAcquire()) {
      throw new Refused(503, "others are sending files just now; try again in a moment");
    }
    try {
      byte[] wav;
      try (InputStream body = request.bodyInputStream()) {
        wav = body.readNBytes((int) most + 1);
      }
      if (wav.length > most) {
        throw tooLarge();
      }
      request.status(202).json(begin(request, () -> to.replay(name, wav)));
    } finally {
      uploads.release();
    }
  }

  /** Begins a replay. */
  @FunctionalInterface
  private interface Beginning {
    AudioIntake.Replay begin() throws IntakeException;
  }

  /** Recordings are replayed as fast as they were spoken, so their length tells when they end. */
  private AudioIntake.Replay begin(Context request, Beginning beginning) throws IntakeException {
    ClientPlaces.Place place =
        streamPlaces
            .take(PageGuard.clientOf(request))
            .orElseThrow(() -> new Refused(429, tooManyStreams()));
    boolean begun = false;
    try {
      AudioIntake.Replay replay = beginning.begin();
      streams.expect(replay.stream());
      place.releaseAfter(replay.seconds());
      begun = true;
      return replay;
    } finally {
      if (!begun) {
        place.release();
      }
    }
  }

  private String tooManyStreams() {
    return "you have "
        + access.limits().streamsPerClient()
        + " recordings and microphones running; wait until one has ended";
  }

  private Refused tooLarge() {
    return new Refused(
        413,
        "the file is larger than "
            + access.limits().uploadBytes() / 1_000_000
            + " MB; replay it with: digitstream replay FILE");
  }

  private StreamHistory requireStream(Context request) {
    return streams
        .find(request.pathParam("id"))
        .orElseThrow(() -> new Refused(404, "this stream is not kept any longer"));
  }

  private static long requireSample(Context request, String name) {
    try {
      return Long.parseLong(Optional.ofNullable(request.queryParam(name)).orElse(""));
    } catch (NumberFormatException e) {
      throw new Refused(
          400, name + "=" + request.queryParam(name) + " is no sample; name a whole number");
    }
  }

  private void audio(Context request) {
    StreamHistory stream = requireStream(request);
    AudioClip clip =
        stream
            .audio(requireSample(request, "from"), requireSample(request, "to"))
            .orElseThrow(() -> new Refused(404, "this audio is not kept any longer"));
    request
        .header(FIRST_SAMPLE, Long.toString(clip.firstSample()))
        .contentType("audio/wav")
        .result(WavBytes.of(clip.samples(), streams.spec().sampleRateHz()));
  }

  private void window(Context request) {
    StreamHistory stream = requireStream(request);
    long from = requireSample(request, "from");
    long to = requireSample(request, "to");
    int hop = streams.spec().hopSamples();
    long firstFrame = Math.floorDiv(from, (long) hop);
    int most = (int) Math.max(1, Math.min(3_000, Math.floorDiv(to - from, (long) hop) + 1));
    StreamHistory.Items frames =
        stream
            .frames(firstFrame, most)
            .orElseThrow(() -> new Refused(404, "these frames are not kept any longer"));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("firstFrame", frames.first());
    answer.put("bands", frames.width());
    answer.put("frames", frames.count());
    answer.put("mel", Base64.getEncoder().encodeToString(frames.bytes()));
    stream
        .outputs(stream.outputAt(firstFrame), most)
        .ifPresent(
            outputs -> {
              Map<String, Object> posteriors = new LinkedHashMap<>();
              int count =
                  (int)
                      Math.max(
                          0,
                          Math.min(
                              outputs.count(),
                              (firstFrame + most - outputs.first()) / outputs.stride() + 1));
              posteriors.put("firstFrame", outputs.first());
              posteriors.put("strideFrames", outputs.stride());
              posteriors.put("classes", outputs.width());
              posteriors.put("outputs", count);
              posteriors.put(
                  "values",
                  Base64.getEncoder()
                      .encodeToString(Arrays.copyOf(outputs.bytes(), count * outputs.width())));
              answer.put("posteriors", posteriors);
            });
    answer.put("digits", stream.digitsWithin(from, to));
    request.json(answer);
  }

  private void live(WsConfig socket) {
    socket.onConnect(
        connection -> {
          Optional<ClientPlaces.Place> place =
              viewers.count() >= MOST_VIEWERS
                  ? Optional.empty()
                  : viewerPlaces.take(clientOf(connection));
          if (place.isEmpty()) {
            connection.closeSession(1013, "too many are looking on; try again later");
            return;
          }
          places.put(connection.sessionId(), place.get());
          Viewer viewer =
              new Viewer(
                  streams,
                  new SessionOutlet(connection.session),
                  Messages.hello(
                      about, streams.spec(), intake.isPresent(), access.limits().uploadBytes()));
          viewers.join(connection.sessionId(), viewer);
        });
    socket.onMessage(
        message -> {
          if (!guard.admits(clientOf(message))) {
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
    giveBack(connection);
  }

  private void giveBack(WsContext connection) {
    ClientPlaces.Place place = places.remove(connection.sessionId());
    if (place != null) {
      place.release();
    }
  }

  private static String clientOf(WsContext connection) {
    return connection.session.getRemoteSocketAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? ClientAddress.of(address.getAddress().getHostAddress())
        : "unknown";
  }

  private void microphone(WsConfig socket) {
    socket.onConnect(
        connection -> {
          connection.session.setIdleTimeout(MICROPHONE_IDLE);
          if (intake.isEmpty()) {
            refuse(connection, "this page takes no audio: it was started to look on only");
            return;
          }
          Optional<ClientPlaces.Place> place = streamPlaces.take(clientOf(connection));
          if (place.isEmpty()) {
            refuse(connection, tooManyStreams());
            return;
          }
          places.put(connection.sessionId(), place.get());
          try {
            MicrophoneSocket microphone =
                MicrophoneSocket.open(
                    intake.get(),
                    connection.queryParam("rate"),
                    connection.queryParam("name"),
                    access.limits().streamLength(),
                    System::nanoTime,
                    note -> connection.send(Messages.note(note)));
            streams.expect(microphone.stream());
            microphones.put(connection.sessionId(), microphone);
            connection.send(Messages.open(microphone.stream()));
          } catch (MicrophoneSocket.Refusal e) {
            refuse(connection, e.getMessage());
          }
        });
    socket.onBinaryMessage(
        message -> {
          MicrophoneSocket microphone = microphones.get(message.sessionId());
          if (microphone != null) {
            ByteBuffer data = message.data();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            try {
              microphone.accept(bytes, 0, bytes.length);
            } catch (MicrophoneSocket.Refusal e) {
              refuse(message, e.getMessage());
            }
          }
        });
    socket.onMessage(
        message -> {
          MicrophoneSocket microphone = microphones.get(message.sessionId());
          if (microphone != null) {
            try {
              if (microphone.accept(message.message())) {
                microphone.end();
                message.closeSession(1000, "the stream has ended");
              }
            } catch (MicrophoneSocket.Refusal e) {
              refuse(message, e.getMessage());
            }
          }
        });
    socket.onClose(closed -> hangUp(closed));
    socket.onError(failed -> hangUp(failed));
  }

  private void refuse(WsContext connection, String text) {
    hangUp(connection);
    connection.send(Messages.error(text));
    // The reason of a close frame has at most 123 bytes.
    connection.closeSession(1008, text.substring(0, Math.min(60, text.length())));
  }

  private void hangUp(WsContext connection) {
    MicrophoneSocket microphone = microphones.remove(connection.sessionId());
    if (microphone != null) {
      microphone.end();
    }
    giveBack(connection);
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
    long running = all.stream().filter(s -> s.state() == StreamSummary.State.RUNNING).count();
    return new Board(
        list.equals(board.streams()) ? board.streams() : list,
        measured ? Messages.gauges(gauges.read(clock.millis(), running)) : board.gauges(),
        score);
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
