package org.digitstream.runtime.streams;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.GroupLag;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.KafkaMeters;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.Health;
import org.digitstream.runtime.operations.HealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Kafka Streams application: start it, wait until it runs, watch its health, close it.
 *
 * <p>A broker that is away for long is waited for. Anything else that a topology throws is a bug,
 * and stops the application for all to see: {@link #failure()} and the health checks tell it, and
 * the listener given to {@link #onFailure} is called once.
 *
 * <p>Any number of threads.
 */
public final class StreamsService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final long LAG_INTERVAL_MILLIS = 5_000;

  private final String applicationId;
  private final long mostLagRecords;
  private final KafkaStreams streams;
  private final KafkaMeters kafkaMeters;
  private final GroupLag groupLag;
  private final KafkaMeters adminMeters;
  private final LagWatch lagWatch;
  private final ScheduledExecutorService lagThread =
      Executors.newSingleThreadScheduledExecutor(StreamsService::daemon);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicReference<Consumer<Throwable>> failureListener =
      new AtomicReference<>(cause -> {});
  private final CountDownLatch runningOrFailed = new CountDownLatch(1);
  private boolean closed;

  /**
   * An application that is not started yet. Its topics must exist; see {@link
   * org.digitstream.runtime.kafka.TopicProvisioner}.
   *
   * @param connection how to reach the brokers; its properties win over this project's
   * @param options how to run
   * @param topology what to run
   * @param meters where the lag is shown, and Kafka's own meters while this service is open
   */
  public StreamsService(
      KafkaConnection connection, StreamsOptions options, Topology topology, Meters meters) {
    this.applicationId = options.applicationId();
    this.mostLagRecords = options.mostLagRecords();
    Properties properties = new Properties();
    Map<String, Object> values = StreamsProperties.of(connection, options);
    properties.putAll(values);
    streams = new KafkaStreams(topology, properties);
    streams.setUncaughtExceptionHandler(this::responseTo);
    streams.setStateListener(this::stateChanged);
    kafkaMeters = KafkaMeters.of(streams, meters);
    groupLag = new GroupLag(connection, applicationId);
    adminMeters = KafkaMeters.of(groupLag.admin(), meters);
    lagWatch = new LagWatch(this::assigned, streams::metrics, groupLag::of, meters);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "lag-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to run, in threads of its own; returns at once. To be called once. */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its thread
  public void start() {
    streams.start();
    lagThread.scheduleWithFixedDelay(
        this::measureLag, 0, LAG_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void measureLag() {
    try {
      lagWatch.measure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Streams may be starting or closing just now; an exception would end all further measuring.
      LOG.debug("{}: the lag could not be measured", applicationId, e);
    }
  }

  private Set<TopicPartition> assigned() {
    return streams.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .flatMap(task -> task.topicPartitions().stream())
        .collect(Collectors.toSet());
  }

  /**
   * Returns once the application runs: its partitions are assigned and its state is restored.
   *
   * @throws StreamsFailedException if it fails, or does not run by the end of the timeout
   * @throws InterruptedException if interrupted meanwhile
   */
  public void awaitRunning(Duration timeout) throws StreamsFailedException, InterruptedException {
    boolean settled = runningOrFailed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    Throwable cause = failure.get();
    if (cause != null) {
      throw new StreamsFailedException(
          applicationId
              + " stopped: "
              + AccessDenied.explain(cause).orElseGet(() -> String.valueOf(cause.getMessage())),
          cause);
    }
    if (!settled) {
      throw new StreamsFailedException(
          applicationId
              + " is not running after "
              + timeout.toSeconds()
              + " s (its state is "
              + streams.state()
              + "). Check the broker's log, and whether the broker lets this client join groups.",
          null);
    }
  }

  /** Calls a listener, once, when a bug stops the application; at once if that has happened. */
  public void onFailure(Consumer<Throwable> listener) {
    failureListener.set(listener);
    Throwable cause = failure.get();
    if (cause != null) {
      tellFailure(cause);
    }
  }

  /** What stopped the application, if anything did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * How many entries the partitions of a store have that this process works on.
   *
   * @param store a store of keys and values of the topology
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while it is not running
   */
  public long storedEntries(String store) {
    return streams
        .store(
            StoreQueryParameters.fromNameAndType(
                store, QueryableStoreTypes.<String, byte[]>keyValueStore()))
        .approximateNumEntries();
  }

  /** Kafka Streams' own state. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Holds until a bug stops the application; only a new process can then help. */
  public HealthCheck liveness() {
    return new HealthCheck(
        applicationId + "-alive",
        () ->
            failure()
                .map(cause -> Health.down("stopped by " + cause))
                .orElseGet(() -> Health.up(streams.state().toString())));
  }

  /**
   * Holds while the application has its partitions and its state, and is not further behind than
   * {@link StreamsOptions#mostLagRecords}. That is measured every few seconds.
   */
  public HealthCheck readiness() {
    return new HealthCheck(
        applicationId,
        () -> {
          KafkaStreams.State state = streams.state();
          if (state != KafkaStreams.State.RUNNING) {
            return Health.down(state.toString());
          }
          long behind = lagWatch.records();
          return behind <= mostLagRecords
              ? Health.up(state.toString())
              : Health.down(
                  state
                      + ", but "
                      + behind
                      + " records behind, more than "
                      + mostLagRecords
                      + ": there is more to do than this machine can. Digits come late; nothing is"
                      + " lost while the topic keeps it");
        });
  }

  /**
   * Stops: finishes and commits what is being worked on, and leaves the group so that others take
   * over at once. Closing again does nothing.
   *
   * @return whether all threads had ended by the end of the timeout
   */
  public synchronized boolean close(Duration timeout) {
    if (closed) {
      return true;
    }
    closed = true;
    lagThread.shutdownNow();
    kafkaMeters.close();
    adminMeters.close();
    groupLag.close();
    boolean stopped =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(timeout));
    if (!stopped) {
      LOG.warn("{} did not stop within {} s", applicationId, timeout.toSeconds());
    }
    return stopped;
  }

  /** {@link #close(Duration)} within 10 s. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  private StreamThreadExceptionResponse responseTo(Throwable thrown) {
    if (isBrokerAway(thrown)) {
      LOG.warn("{} waits for the broker: {}", applicationId, thrown.toString());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    if (failure.compareAndSet(null, cause)) {
      Optional<String> denied = AccessDenied.explain(thrown);
      if (denied.isPresent()) {
        // Nobody's bug: where in the program it was noticed helps nobody.
        LOG.error("{} stops: {}", applicationId, denied.get());
      } else {
        LOG.error("{} stops because of an error", applicationId, thrown);
      }
      runningOrFailed.countDown();
      tellFailure(cause);
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void tellFailure(Throwable cause) {
    // Taken out, so that it is called once however many threads come here.
    failureListener.getAndSet(ignored -> {}).accept(cause);
  }

  private void stateChanged(KafkaStreams.State now, KafkaStreams.State before) {
    LOG.debug("{}: {} -> {}", applicationId, before, now);
    if (now == KafkaStreams.State.RUNNING) {
      runningOrFailed.countDown();
    } else if (now == KafkaStreams.State.ERROR
        && failure.compareAndSet(
            null, new IllegalStateException("Kafka Streams went into the state ERROR"))) {
      runningOrFailed.countDown();
      tellFailure(failure.get());
    }
  }

  private static boolean isBrokerAway(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
        return true;
      }
    }
    return false;
  }
}
