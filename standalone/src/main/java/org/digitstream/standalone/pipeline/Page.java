package org.digitstream.standalone.pipeline;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.digitstream.contract.Topics;
import org.digitstream.dashboards.kafka.PageFeed;
import org.digitstream.dashboards.kafka.WatchedService;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.web.IntakeException;
import org.digitstream.dashboards.web.LivePage;
import org.digitstream.dashboards.web.PageAccess;
import org.digitstream.features.dsp.MelBands;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.ingest.kafka.DeliveryListener;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.BrokerCheck;
import org.digitstream.runtime.operations.Health;
import org.digitstream.runtime.operations.HealthCheck;
import org.digitstream.runtime.operations.OperationsServer;
import org.digitstream.runtime.operations.ServiceHealth;
import org.digitstream.standalone.replay.Transcripts;

/**
 * The live page with all that feeds it and that it feeds. It is served from the first moment, so
 * that whoever asks is told what it still waits for, and works once it is {@linkplain #connect
 * connected}.
 */
public final class Page implements AutoCloseable {
  /**
   * Where and what for.
   *
   * @param access where it is served, and who may come
   * @param takesAudio whether people may bring audio
   * @param utterancePause the longest pause within an utterance
   */
  public record Settings(PageAccess access, boolean takesAudio, Duration utterancePause) {}

  /** What it has once there is a broker. */
  private record Connected(KafkaConnection connection, BrokerCheck broker, PageFeed feed) {}

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private final Clock clock = Clock.systemUTC();
  private final ServiceHealth health;
  private final LiveStreams streams;
  private final Gauges gauges;
  private final Scoreboard scoreboard;
  private final Meters meters;
  private final Meters ingestMeters;
  private final Optional<PageIntake> intake;
  private final LivePage server;
  private volatile Connected connected;
  private boolean closed;

  /**
   * Opens the page, with nothing to show.
   *
   * @param waitsFor what {@code /health/ready} says until it is connected
   * @param model the model whose features are shown
   * @param version of the program
   * @param transcripts what is said in which recording, for the score
   * @param registry where meters are kept; served at {@code /metrics} beside the page
   * @throws IllegalStateException if nothing can listen there, saying why
   */
  public Page(
      Settings settings,
      String waitsFor,
      ModelBundle model,
      String version,
      Transcripts transcripts,
      PrometheusMeterRegistry registry) {
    Meters.bindJvm(registry);
    meters = new Meters(registry, "page");
    ingestMeters = new Meters(registry, KafkaAudioSink.METERS);
    health = new ServiceHealth(waitsFor);
    meters.ready(health::isReady);
    streams = new LiveStreams(model.featureSpec(), settings.utterancePause(), clock);
    gauges = new Gauges(clock.millis());
    gauges.broker(false, List.of(), 0);
    scoreboard = new Scoreboard(new LabelScorer(transcripts));
    intake =
        settings.takesAudio()
            ? Optional.of(
                new PageIntake(
                    new Sinks(),
                    model.featureSpec().sampleRateHz(),
                    settings.access().limits().streamLength()))
            : Optional.empty();
    server =
        new LivePage(
            settings.access(),
            new LivePage.About(
                version,
                model.modelId(),
                model.reportedLabels(),
                MelBands.peaksHz(model.featureSpec())),
            streams,
            gauges,
            scoreboard,
            intake.map(it -> it),
            config -> OperationsServer.addRoutes(config, registry, health),
            clock);
  }

  /**
   * Shows what comes from now on, and takes audio.
   *
   * @param connection how to reach the brokers
   * @param events reads the events for others in this process, and is closed after this; nothing
   *     where nobody does
   * @param others what must be well beside the page and the broker, for {@code /health/ready} to
   *     say so
   * @return this, to be closed before what it is connected to
   */
  public Page connect(
      KafkaConnection connection, Optional<EventReader> events, List<HealthCheck> others)
      throws InterruptedException, TimeoutException {
    BrokerCheck broker = new BrokerCheck(connection);
    PageFeed feed =
        new PageFeed(
            connection,
            events,
            streams,
            gauges,
            scoreboard,
            List.of(
                new WatchedService(
                    FeatureService.METERS, FeatureService.APPLICATION_ID, Topics.AUDIO_CHUNKS),
                new WatchedService(
                    InferenceService.METERS,
                    InferenceService.APPLICATION_ID,
                    Topics.LOG_MEL_FRAMES)),
            meters,
            clock);
    try {
      feed.awaitReady(START_TIMEOUT);
    } catch (Throwable e) {
      feed.close();
      broker.close();
      throw e;
    }
    connected = new Connected(connection, broker, feed);
    List<HealthCheck> ready = new ArrayList<>(others);
    ready.add(broker.readiness());
    ready.add(readiness());
    health.running(List.of(), ready);
    if (intake.isPresent()) {
      // Its sinks come with the audio; what they count must be seen before.
      KafkaAudioSink.showFromZero(ingestMeters).ready(() -> broker.readiness().isUp());
    }
    return this;
  }

  /** Of what people bring: each stream has a producer of its own. */
  private final class Sinks implements PageIntake.Sinks {
    @Override
    public KafkaAudioSink forRecording() throws IntakeException {
      return new KafkaAudioSink(producer(), ingestMeters);
    }

    @Override
    public KafkaAudioSink forMicrophone(DeliveryListener listener) throws IntakeException {
      return KafkaAudioSink.live(producer(), ingestMeters, listener);
    }

    private Map<String, Object> producer() throws IntakeException {
      Connected to = connected;
      if (to == null) {
        throw new IntakeException(
            IntakeException.Reason.UNAVAILABLE,
            "this page is not connected to a broker yet; try again in a moment");
      }
      return to.connection().producer("digitstream-page-audio");
    }
  }

  /**
   * The same with what is in this process.
   *
   * @param pipeline what it shows, to be closed after this
   */
  public Page connect(Pipeline pipeline) throws InterruptedException, TimeoutException {
    return connect(pipeline.connection(), Optional.of(pipeline.events()), pipeline.readiness());
  }

  /** Where it is, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    return server.address();
  }

  /** What a person opens in a browser: the address, with the token where there is one. */
  public String entrance() {
    return server.entrance();
  }

  /** Whether what is written reaches the page. */
  private HealthCheck readiness() {
    return new HealthCheck(
        "page",
        () ->
            failure()
                .map(cause -> Health.down("the page stopped: " + cause))
                .orElseGet(() -> Health.up("the page is served at " + address())));
  }

  /** What stopped a part of it, if anything did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(connected).flatMap(to -> to.feed().failure());
  }

  /** Again does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    health.notReady("stopping");
    server.close();
    intake.ifPresent(PageIntake::close);
    if (connected != null) {
      connected.feed().close();
      connected.broker().close();
    }
  }
}
