package org.digitstream.dashboards.web;

import io.javalin.config.RoutesConfig;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.digitstream.dashboards.live.LiveStreams;

/** Browsers' microphones, each a {@link MicrophoneSocket}. Any number of threads. */
final class MicrophoneEndpoint implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Optional<AudioIntake> intake;
  private final LiveStreams streams;
  private final PageLimits limits;
  private final ClientPlaces places;
  private final Map<String, MicrophoneSocket> microphones = new ConcurrentHashMap<>();

  /** Of each connection; given back when it ends, whoever ends it. */
  private final Map<String, ClientPlaces.Place> held = new ConcurrentHashMap<>();

  /**
   * Takes connections once it was {@linkplain #addTo added}.
   *
   * @param intake where the audio goes; nothing if none is taken
   * @param streams shall know of the streams that begin
   * @param places of the streams that a client has running
   */
  MicrophoneEndpoint(
      Optional<AudioIntake> intake, LiveStreams streams, PageLimits limits, ClientPlaces places) {
    this.intake = intake;
    this.streams = streams;
    this.limits = limits;
    this.places = places;
  }

  void addTo(RoutesConfig routes) {
    routes.ws("/ws/microphone", this::serve);
  }

  /** Ends all their streams. */
  @Override
  public void close() {
    microphones.values().forEach(MicrophoneSocket::end);
  }

  private void serve(WsConfig socket) {
    socket.onConnect(
        connection -> {
          connection.session.setIdleTimeout(IDLE);
          if (intake.isEmpty()) {
            refuse(connection, "this page takes no audio: it was started to look on only");
            return;
          }
          Optional<ClientPlaces.Place> place = places.take(ClientAddress.of(connection));
          if (place.isEmpty()) {
            refuse(connection, limits.tooManyStreams());
            return;
          }
          held.put(connection.sessionId(), place.get());
          try {
            MicrophoneSocket microphone =
                MicrophoneSocket.open(
                    intake.get(),
                    connection.queryParam("rate"),
                    connection.queryParam("name"),
                    limits.streamLength(),
                    System::nanoTime,
                    note -> connection.send(Messages.note(note)));
            streams.expect(microphone.stream(), microphone.source());
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

  private void giveBack(WsContext connection) {
    ClientPlaces.Place place = held.remove(connection.sessionId());
    if (place != null) {
      place.release();
    }
  }
}
