package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.digitstream.contract.Topics;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.web.PageAccess;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.ingest.source.FileSource;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.Timing;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.ProcessingGuarantee;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsOptions;
import org.digitstream.runtime.streams.StreamsService;
import org.digitstream.standalone.PageGuest;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.digitstream.standalone.replay.Transcripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More streams than the network can listen to: it stands still until the test lets it go on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OverloadIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STREAMS = 8;
  private static final String SAID = "3773377337";
  private static final long MOST_LAG_RECORDS = 100;

  private final CountDownLatch relief = new CountDownLatch(1);

  @TempDir Path folder;

  /** As slow as can be, and then as fast as it is. */
  private final class HeldUp implements WindowClassifier {
    private final WindowClassifier classifier = KernelClassifier.load(ToneModel.bundle());

    @Override
    public float[] classify(float[] window) {
      try {
        relief.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return classifier.classify(window);
    }

    @Override
    public String engineId() {
      return classifier.engineId();
    }

    @Override
    public void close() {
      classifier.close();
    }
  }

  @Test
  void theLagGrowsReadySaysSoAndNothingIsLostOnceItFalls() throws Exception {
    PrometheusMeterRegistry registry = Meters.prometheusRegistry();
    StreamCollector collector = new StreamCollector(System::nanoTime, received -> {});
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
      new TopicProvisioner(connection)
          .provision(Topics.definitions(1, Topics.DEFAULT_AUDIO_RETENTION), PATIENCE);
      try (StreamsService features =
              FeatureService.create(
                  connection,
                  options(FeatureService.APPLICATION_ID),
                  ToneModel.bundle().featureSpec(),
                  FeatureService.DEFAULT_IDLE,
                  registry);
          StreamsService inference =
              InferenceService.create(
                  connection,
                  options(InferenceService.APPLICATION_ID),
                  ToneModel.bundle(),
                  HeldUp::new,
                  InferenceService.DEFAULT_IDLE,
                  false,
                  Clock.systemUTC(),
                  registry);
          Page page =
              new Page(
                  new Page.Settings(
                      PageAccess.ofThisMachine(0), true, UtteranceGrouper.DEFAULT_PAUSE),
                  "starting",
                  ToneModel.bundle(),
                  "1",
                  Transcripts.FROM_NAMES,
                  registry);
          EventReader reader =
              new EventReader(
                  connection,
                  ReadFrom.earliest(),
                  collector,
                  new Meters(registry, "standalone"),
                  Clock.systemUTC())) {
        features.start();
        inference.start();
        features.awaitRunning(PATIENCE);
        inference.awaitRunning(PATIENCE);
        reader.start();
        PageGuest guest = new PageGuest(page.address());
        page.connect(
            connection, Optional.empty(), List.of(features.readiness(), inference.readiness()));
        try {
          await().atMost(PATIENCE).until(() -> ready(guest) == 200);

          List<String> streams = speak(connection, registry, collector);
          await().atMost(PATIENCE).until(() -> ready(guest) == 503);

          assertThat(guest.readiness().at("/checks/" + InferenceService.APPLICATION_ID + "/detail"))
              .asString()
              .contains("records behind, more than " + MOST_LAG_RECORDS);
          assertThat(guest.get("health/live").statusCode()).isEqualTo(200);
          // Those who look on still see what is said.
          PageGuest.Viewer viewer = guest.watch(streams.get(0));
          assertThat(guest.get("").body()).contains("<title>digitstream</title>");
          assertThat(guest.get("metrics").body()).contains("digitstream_consumer_lag_records");

          relief.countDown();

          assertThat(collector.awaitEnded(STREAMS, PATIENCE)).as("all streams end").isTrue();
          viewer.awaitEnd();
          for (String stream : streams) {
            assertThat(collector.of(stream).recognized()).isEqualTo(SAID);
          }
          await().atMost(PATIENCE).until(() -> ready(guest) == 200);
          for (String rare : List.of(Meters.GAPS, Meters.DEAD_LETTERS, Meters.DUPLICATE)) {
            assertThat(registry.find(rare).counters().stream().mapToDouble(Counter::count).sum())
                .as(rare)
                .isZero();
          }
        } finally {
          // Or the services could not be closed.
          relief.countDown();
        }
      }
    }
  }

  private StreamsOptions options(String applicationId) {
    return new StreamsOptions(
        applicationId, ProcessingGuarantee.AT_LEAST_ONCE, 1, folder, MOST_LAG_RECORDS);
  }

  private static int ready(PageGuest guest) throws Exception {
    return guest.get("health/ready").statusCode();
  }

  private List<String> speak(
      KafkaConnection connection, PrometheusMeterRegistry registry, StreamCollector collector)
      throws Exception {
    Path recording = ToneRecording.write(folder.resolve("tones.wav"), SAID);
    List<String> streams = new ArrayList<>();
    try (KafkaAudioSink sink =
        new KafkaAudioSink(connection.producer("test"), new Meters(registry, "ingest"))) {
      for (int i = 0; i < STREAMS; i++) {
        String stream = "speaker-" + i;
        streams.add(stream);
        collector.expect(stream);
        new FileSource(
                recording,
                ToneModel.bundle().featureSpec().sampleRateHz(),
                Pacing.MAX,
                Timing.system())
            .stream(stream, sink, start -> {});
      }
    }
    return streams;
  }
}
