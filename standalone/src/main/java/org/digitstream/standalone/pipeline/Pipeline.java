package org.digitstream.standalone.pipeline;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.digitstream.contract.Topics;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.ingest.kafka.DeliveryListener;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.HealthCheck;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.digitstream.standalone.process.TemporaryFolder;
import org.digitstream.standalone.rights.ServiceRights;

/**
 * The whole road, open for audio: chunks go into {@link #sink}, digits come to the listener. The
 * broker and the services are in this JVM or elsewhere.
 *
 * <p>{@link #close} closes in the opposite order of opening, so that nothing misses what it needs.
 */
public final class Pipeline implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  /** The page hears the events from this reader, where there is a page to show meters at all. */
  private static final String READER_METERS = "page";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final PrometheusMeterRegistry registry;
  private final ServiceSettings settings;
  private final boolean posteriors;
  private final StreamCollector collector;
  private KafkaAudioSink sink;
  private LocalServices services;
  private EventReader reader;
  private KafkaConnection connection;

  private Pipeline(
      PrometheusMeterRegistry registry,
      ServiceSettings settings,
      boolean posteriors,
      EventReader.Listener listener) {
    this.registry = registry;
    this.settings = settings;
    this.posteriors = posteriors;
    collector = new StreamCollector(System::nanoTime, listener);
  }

  /**
   * A broker and all services in this JVM. The model's natives load while the broker starts.
   *
   * @param brokerPort where the broker listens, or 0 for any free port
   * @param model what recognizes
   * @param settings how the services run
   * @param posteriors whether what the network gives out goes to {@code digit-posteriors}, too
   * @param registry where the meters of all that runs here are kept
   * @param listener sees the events of expected streams; called by a thread of its own
   */
  public static Pipeline embedded(
      int brokerPort,
      ModelBundle model,
      ServiceSettings settings,
      boolean posteriors,
      PrometheusMeterRegistry registry,
      EventReader.Listener listener)
      throws StreamsFailedException,
          BrokerUnreachableException,
          InterruptedException,
          IOException,
          TimeoutException {
    Pipeline pipeline = new Pipeline(registry, settings, posteriors, listener);
    try {
      CompletableFuture<Void> natives = CompletableFuture.runAsync(() -> warmUp(model));
      EmbeddedBroker broker = pipeline.opened(EmbeddedBroker.start(brokerPort));
      pipeline.connect(KafkaConnection.to(broker.bootstrapServers()), Optional.of(model));
      join(natives);
      return pipeline;
    } catch (Throwable e) {
      pipeline.close();
      throw e;
    }
  }

  /** The same with the {@linkplain ServiceSettings#DEFAULT usual settings}. */
  public static Pipeline embedded(
      int brokerPort,
      ModelBundle model,
      boolean posteriors,
      PrometheusMeterRegistry registry,
      EventReader.Listener listener)
      throws StreamsFailedException,
          BrokerUnreachableException,
          InterruptedException,
          IOException,
          TimeoutException {
    return embedded(brokerPort, model, ServiceSettings.DEFAULT, posteriors, registry, listener);
  }

  /**
   * Brokers elsewhere.
   *
   * @param connection how to reach them
   * @param model what recognizes in this JVM; nothing if the services run elsewhere
   * @param settings how the services in this JVM run
   * @param posteriors whether what the network gives out in this JVM goes to {@code
   *     digit-posteriors}, too
   * @param listener sees the events of expected streams; called by a thread of its own
   */
  public static Pipeline at(
      KafkaConnection connection,
      Optional<ModelBundle> model,
      ServiceSettings settings,
      boolean posteriors,
      EventReader.Listener listener)
      throws StreamsFailedException,
          BrokerUnreachableException,
          InterruptedException,
          IOException,
          TimeoutException {
    Pipeline pipeline = new Pipeline(Meters.prometheusRegistry(), settings, posteriors, listener);
    try {
      pipeline.connect(connection, model);
      return pipeline;
    } catch (Throwable e) {
      pipeline.close();
      throw e;
    }
  }

  private void connect(KafkaConnection to, Optional<ModelBundle> model)
      throws StreamsFailedException,
          BrokerUnreachableException,
          InterruptedException,
          IOException,
          TimeoutException {
    connection = to;
    new TopicProvisioner(connection)
        .provision(
            Topics.definitions(settings.partitions(), Topics.DEFAULT_AUDIO_RETENTION),
            model.isPresent()
                ? ServiceRights.OPERATOR.topics()
                : Set.of(Topics.AUDIO_CHUNKS, Topics.DIGIT_EVENTS),
            START_TIMEOUT);
    if (model.isPresent()) {
      TemporaryFolder state = opened(TemporaryFolder.create());
      services =
          opened(
              new LocalServices(
                  connection, model.get(), settings, posteriors, state.path(), registry));
    }
    reader =
        opened(
            new EventReader(
                connection,
                ReadFrom.latest(),
                collector,
                new Meters(registry, READER_METERS),
                Clock.systemUTC()));
    reader.start();
    sink =
        opened(
            new KafkaAudioSink(
                connection.producer("digitstream-ingest"),
                new Meters(registry, KafkaAudioSink.METERS)));
    reader.awaitAssigned(START_TIMEOUT);
    if (services != null) {
      services.awaitRunning(START_TIMEOUT);
    }
  }

  private static void warmUp(ModelBundle model) {
    try (KernelClassifier classifier = KernelClassifier.load(model)) {
      classifier.engineId();
    }
  }

  private static void join(CompletableFuture<Void> task) {
    try {
      task.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** Where audio goes that can wait, such as recordings. */
  public KafkaAudioSink sink() {
    return sink;
  }

  /**
   * Opens another way for audio that cannot wait, such as a microphone's.
   *
   * @param listener is told what becomes of it
   * @return open for as long as this is
   */
  public KafkaAudioSink openLiveSink(DeliveryListener listener) {
    return opened(
        KafkaAudioSink.live(
            connection.producer("digitstream-ingest-live"),
            new Meters(registry, KafkaAudioSink.METERS),
            listener));
  }

  /** Whether the services in this JVM do their work. */
  public List<HealthCheck> readiness() {
    return services == null ? List.of() : services.readiness();
  }

  /** How many entries the state stores of the services in this JVM have. */
  public long storedEntries() {
    return services == null ? 0 : services.storedEntries();
  }

  /** How the brokers are reached. */
  public KafkaConnection connection() {
    return connection;
  }

  /** Where the meters of all that runs in this JVM are kept. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Reads all events; open for as long as this is. */
  EventReader events() {
    return reader;
  }

  /** What came out of the streams that it was told to expect. */
  public StreamCollector collector() {
    return collector;
  }

  /** What stopped a part of it, if anything did. */
  public Optional<Throwable> failure() {
    Optional<Throwable> failure = services == null ? Optional.empty() : services.failure();
    return failure.isPresent() ? failure : reader.failure();
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("closing failed: " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
