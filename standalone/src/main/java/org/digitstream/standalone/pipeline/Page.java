package org.digitstream.standalone.pipeline;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.digitstream.contract.Topics;
import org.digitstream.dashboards.kafka.PageFeed;
import org.digitstream.dashboards.kafka.WatchedService;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.web.LivePage;
import org.digitstream.features.dsp.MelBands;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.Health;
import org.digitstream.runtime.operations.HealthCheck;
import org.digitstream.runtime.operations.OperationsServer;
import org.digitstream.runtime.operations.ServiceHealth;
import org.digitstream.standalone.replay.Transcripts;

/** The live page with all that feeds it and that it feeds. */
public final class Page implements AutoCloseable {
  /**
   * Where and what for.
   *
   * @param host the address to listen at
   * @param port the port, or 0 for any that is free
   * @param takesAudio whether people may bring audio
   */
  public record Settings(String host, int port, boolean takesAudio) {}

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private final PageFeed feed;
  private final Optional<PageIntake> intake;
  private final LivePage server;

  /**
   * Opens the page; it shows what comes from now on.
   *
   * @param connection how to reach the brokers
   * @param model the model whose features are shown
   * @param version of the program
   * @param transcripts what is said in which recording, for the score
   * @param registry where meters are kept; served at {@code /metrics} beside the page
   * @param others what must be well, too, for {@code /health/ready} to say so
   * @throws IllegalStateException if nothing can listen there, saying why
   */
  public Page(
      Settings settings,
      KafkaConnection connection,
      ModelBundle model,
      String version,
      Transcripts transcripts,
      PrometheusMeterRegistry registry,
      List<HealthCheck> others)
      throws InterruptedException, TimeoutException {
    Clock clock = Clock.systemUTC();
    Meters meters = new Meters(registry, "page");
    ServiceHealth health = new ServiceHealth("starting");
    LiveStreams streams = new LiveStreams(model.featureSpec(), clock);
    Gauges gauges = new Gauges(clock.millis());
    Scoreboard scoreboard = new Scoreboard(new LabelScorer(transcripts));
    feed =
        new PageFeed(
            connection,
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
    intake =
        settings.takesAudio()
            ? Optional.of(
                new PageIntake(
                    () ->
                        new KafkaAudioSink(
                            connection.producer("digitstream-page-audio"),
                            new Meters(registry, "ingest")),
                    model.featureSpec().sampleRateHz()))
            : Optional.empty();
    try {
      feed.awaitReady(START_TIMEOUT);
      server =
          new LivePage(
              settings.host(),
              settings.port(),
              new LivePage.About(
                  version, model.modelId(), model.labels(), MelBands.peaksHz(model.featureSpec())),
              streams,
              gauges,
              scoreboard,
              intake.map(it -> it),
              config -> OperationsServer.addRoutes(config, registry, health),
              clock);
    } catch (Throwable e) {
      intake.ifPresent(PageIntake::close);
      feed.close();
      throw e;
    }
    List<HealthCheck> ready = new ArrayList<>(others);
    ready.add(readiness());
    health.running(List.of(), ready);
    meters.ready(health::isReady);
  }

  /** Where it is, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    return server.address();
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
    return feed.failure();
  }

  @Override
  public void close() {
    server.close();
    intake.ifPresent(PageIntake::close);
    feed.close();
  }
}
