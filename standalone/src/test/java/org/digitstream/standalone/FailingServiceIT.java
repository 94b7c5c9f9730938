package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.Topics;
import org.digitstream.contract.serde.RecordSerdes;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.ProcessingGuarantee;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.OperationsServer;
import org.digitstream.runtime.operations.ServiceHealth;
import org.digitstream.runtime.streams.StreamsOptions;
import org.digitstream.runtime.streams.StreamsService;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.digitstream.standalone.pipeline.StreamCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bug in a service stops it for all to see, and what it was given is not lost. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class FailingServiceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final FeatureSpec SPEC = ToneModel.bundle().featureSpec();
  private static final String STREAM = "a stream";

  /** A network with a bug. */
  private static final class FailingClassifier implements WindowClassifier {
    @Override
    public float[] classify(float[] window) {
      throw new IllegalStateException("a bug in the network");
    }

    @Override
    public String engineId() {
      return "failing";
    }

    @Override
    public void close() {}
  }

  @TempDir Path folder;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private EmbeddedBroker broker;
  private KafkaConnection connection;

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedBroker.start();
    connection = KafkaConnection.to(broker.bootstrapServers());
    new TopicProvisioner(connection)
        .provision(Topics.definitions(1, Topics.DEFAULT_AUDIO_RETENTION), PATIENCE);
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void aBugIsToldByTheHealthChecksAndAMendedServiceDoesTheWork() throws Exception {
    sendFrames("37733");
    List<Throwable> told = new CopyOnWriteArrayList<>();
    ServiceHealth health = new ServiceHealth("starting");
    try (StreamsService service = inference(FailingClassifier::new);
        OperationsServer server =
            new OperationsServer(OperationsServer.LOOPBACK, 0, registry, health)) {
      health.running(List.of(service.liveness()), List.of(service.readiness()));
      service.onFailure(told::add);
      service.start();

      await().atMost(PATIENCE).until(() -> service.failure().isPresent());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(status(server, "/health/live")).isEqualTo(503);
                assertThat(status(server, "/health/ready")).isEqualTo(503);
              });
      assertThat(service.failure().orElseThrow()).hasStackTraceContaining("a bug in the network");
      assertThat(service.liveness().current().get().detail()).contains("stopped by");
      assertThat(told).containsExactly(service.failure().orElseThrow());
    }

    StreamCollector collector = new StreamCollector(System::nanoTime, received -> {});
    collector.expect(STREAM);
    try (StreamsService mended = inference(() -> KernelClassifier.load(ToneModel.bundle()));
        EventReader reader =
            new EventReader(
                connection,
                ReadFrom.earliest(),
                collector,
                new Meters(registry, "test"),
                Clock.systemUTC())) {
      reader.start();
      mended.start();
      assertThat(collector.awaitEnded(1, PATIENCE)).isTrue();
      assertThat(collector.of(STREAM).recognized()).isEqualTo("37733");
      assertThat(mended.failure()).isEmpty();
    }
  }

  @Test
  void aBugEndsTheCommandWithAMessageAndExitCode1() throws Exception {
    Path model = folder.resolve("tones.zip");
    ToneModel.bundle().write(model);
    Path bug = folder.resolve("kafka.properties");
    Files.writeString(bug, "partitioner.class=" + FailingPartitioner.class.getName() + "\n");
    CompletableFuture<Program> inference =
        CompletableFuture.supplyAsync(
            () ->
                Program.run(
                    "inference",
                    "--model",
                    model.toString(),
                    "--operations-port",
                    "0",
                    "--kafka-config",
                    bug.toString(),
                    "--bootstrap-servers",
                    broker.bootstrapServers()));

    sendFrames("37733");

    Program ended = inference.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.err())
        .contains("digitstream: inference stopped: ")
        .contains(FailingPartitioner.MESSAGE)
        .doesNotContain("\tat ");
  }

  private StreamsService inference(Supplier<? extends WindowClassifier> classifiers) {
    return InferenceService.create(
        connection,
        new StreamsOptions(
            InferenceService.APPLICATION_ID, ProcessingGuarantee.EXACTLY_ONCE, 1, folder),
        ToneModel.bundle(),
        classifiers,
        InferenceService.DEFAULT_IDLE,
        false,
        Clock.systemUTC(),
        registry);
  }

  private void sendFrames(String digits) throws Exception {
    short[] samples = ToneRecording.samples(digits);
    LogMelFrames frames =
        new LogMelFrames(
            STREAM,
            "tones",
            SPEC.id(),
            0,
            SPEC.bands(),
            LogMelExtractor.extract(SPEC, samples),
            0,
            true,
            samples.length);
    try (KafkaProducer<String, LogMelFrames> producer =
        new KafkaProducer<>(
            connection.producer("test"),
            new StringSerializer(),
            RecordSerdes.logMelFrames().serializer())) {
      producer
          .send(new ProducerRecord<>(Topics.LOG_MEL_FRAMES, STREAM, frames))
          .get(1, TimeUnit.MINUTES);
    }
  }

  private static int status(OperationsServer server, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
