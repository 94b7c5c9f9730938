package org.digitstream.dashboards.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.digitstream.dashboards.live.LiveStreams;

/** Recordings that people choose or send, each replayed as a stream. Any number of threads. */
final class IntakeRequests {
  /** Each is held in memory while it comes. */
  private static final int MOST_UPLOADS_AT_A_TIME = 4;

  /** Begins a replay. */
  @FunctionalInterface
  private interface Beginning {
    AudioIntake.Replay begin() throws IntakeException;
  }

  private final Optional<AudioIntake> intake;
  private final LiveStreams streams;
  private final PageLimits limits;
  private final ClientPlaces places;
  private final Semaphore uploads = new Semaphore(MOST_UPLOADS_AT_A_TIME);

  /**
   * Answers requests once it was {@linkplain #addTo added}.
   *
   * @param intake where the audio goes; nothing if none is taken
   * @param streams shall know of the streams that begin
   * @param places of the streams that a client has running
   */
  IntakeRequests(
      Optional<AudioIntake> intake, LiveStreams streams, PageLimits limits, ClientPlaces places) {
    this.intake = intake;
    this.streams = streams;
    this.limits = limits;
    this.places = places;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/recordings", this::recordings);
    routes.post("/api/recordings/{name}", this::replayRecording);
    routes.post("/api/replays", this::replayUpload);
    routes.exception(
        IntakeException.class,
        (e, request) ->
            PageGuard.answer(new Refused(e.reason().status(), e.getMessage()), request));
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
    String name = request.pathParam("name");
    request.status(202).json(begin(request, name, () -> to.replay(name)));
  }

  private void replayUpload(Context request) throws IntakeException, IOException {
    AudioIntake to = requireIntake();
    String name = Optional.ofNullable(request.queryParam("name")).orElse("recording.wav");
    long most = limits.uploadBytes();
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
      request.status(202).json(begin(request, name, () -> to.replay(name, wav)));
    } finally {
      uploads.release();
    }
  }

  /** Recordings are replayed as fast as they were spoken, so their length tells when they end. */
  private AudioIntake.Replay begin(Context request, String name, Beginning beginning)
      throws IntakeException {
    ClientPlaces.Place place =
        places
            .take(ClientAddress.of(request))
            .orElseThrow(() -> new Refused(429, limits.tooManyStreams()));
    boolean begun = false;
    try {
      AudioIntake.Replay replay = beginning.begin();
      streams.expect(replay.stream(), name);
      place.releaseAfter(replay.seconds());
      begun = true;
      return replay;
    } finally {
      if (!begun) {
        place.release();
      }
    }
  }

  private Refused tooLarge() {
    return new Refused(
        413,
        "the file is larger than "
            + limits.uploadBytes() / 1_000_000
            + " MB; replay it with: digitstream replay FILE");
  }
}
