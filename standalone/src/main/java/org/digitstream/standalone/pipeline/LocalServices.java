package org.digitstream.standalone.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.features.kafka.FeatureTopology;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.inference.kafka.InferenceTopology;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.HealthCheck;
import org.digitstream.runtime.streams.EndedStreams;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.runtime.streams.StreamsOptions;
import org.digitstream.runtime.streams.StreamsService;

/** The services {@code features} and {@code inference} in this JVM. Any number of threads. */
final class LocalServices implements AutoCloseable {
  private final StreamsService features;
  private final StreamsService inference;

  /**
   * Starts both.
   *
   * @param settings how they run
   * @param posteriors whether what the network gives out goes to {@code digit-posteriors}
   */
  LocalServices(
      KafkaConnection connection,
      ModelBundle model,
      ServiceSettings settings,
      boolean posteriors,
      Path stateFolder,
      MeterRegistry registry) {
    features =
        FeatureService.create(
            connection,
            options(FeatureService.APPLICATION_ID, settings, stateFolder),
            model.featureSpec(),
            FeatureService.DEFAULT_IDLE,
            registry);
    inference =
        InferenceService.create(
            connection,
            options(InferenceService.APPLICATION_ID, settings, stateFolder),
            model,
            () -> KernelClassifier.load(model),
            InferenceService.DEFAULT_IDLE,
            posteriors,
            Clock.systemUTC(),
            registry);
    new Meters(registry, FeatureService.METERS).ready(() -> features.readiness().isUp());
    new Meters(registry, InferenceService.METERS).ready(() -> inference.readiness().isUp());
    features.start();
    inference.start();
  }

  private static StreamsOptions options(
      String applicationId, ServiceSettings settings, Path stateFolder) {
    return new StreamsOptions(applicationId, settings.guarantee(), settings.threads(), stateFolder);
  }

  void awaitRunning(Duration timeout) throws StreamsFailedException, InterruptedException {
    features.awaitRunning(timeout);
    inference.awaitRunning(timeout);
  }

  /** Whether they do their work. */
  List<HealthCheck> readiness() {
    return List.of(features.readiness(), inference.readiness());
  }

  /** How many entries their state stores have. */
  long storedEntries() {
    return features.storedEntries(FeatureTopology.STORE)
        + features.storedEntries(EndedStreams.STORE)
        + inference.storedEntries(InferenceTopology.CURSORS)
        + inference.storedEntries(InferenceTopology.BLOCKS)
        + inference.storedEntries(EndedStreams.STORE);
  }

  /** What stopped one of them, if anything did. */
  Optional<Throwable> failure() {
    return Stream.of(features, inference).flatMap(service -> service.failure().stream()).findAny();
  }

  @Override
  public void close() {
    features.close();
    inference.close();
  }
}
