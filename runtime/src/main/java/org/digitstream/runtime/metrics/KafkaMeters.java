package org.digitstream.runtime.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Kafka's own meters of one client, with the label {@code service}, for as long as this is open.
 * They appear within {@value #REFRESH_SECONDS} s, since Kafka makes many of them only when they are
 * needed.
 *
 * <p>A Kafka Streams application has about 400 of them and a further 100 for each partition. A
 * registry made by {@link Meters#prometheusRegistry} keeps the few dozen that answer a question: is
 * it connected, is it assigned what it should be, how much goes through, what does it wait for, do
 * sends fail.
 *
 * <p>Any number of threads.
 */
public final class KafkaMeters implements AutoCloseable {
  private static final long REFRESH_SECONDS = 5;

  private static final String PREFIX = "kafka.";

  /** By Micrometer's names. */
  private static final Set<String> KEPT =
      Set.of(
          "kafka.admin.client.connection.count",
          "kafka.admin.client.request.total",
          "kafka.consumer.connection.count",
          "kafka.consumer.coordinator.assigned.partitions",
          "kafka.consumer.coordinator.last.heartbeat.seconds.ago",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.fetch.manager.fetch.latency.avg",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.records.lag",
          "kafka.consumer.last.poll.seconds.ago",
          "kafka.producer.connection.count",
          "kafka.producer.outgoing.byte.total",
          "kafka.producer.record.error.total",
          "kafka.producer.record.queue.time.avg",
          "kafka.producer.record.retry.total",
          "kafka.producer.record.send.total",
          "kafka.producer.request.latency.avg",
          "kafka.producer.request.latency.max",
          "kafka.producer.txn.commit.time.ns.total",
          "kafka.stream.alive.stream.threads",
          "kafka.stream.client.state",
          "kafka.stream.failed.stream.threads",
          "kafka.stream.state.num.keys",
          "kafka.stream.task.dropped.records.total",
          "kafka.stream.task.restore.remaining.records.total",
          "kafka.stream.thread.commit.latency.avg",
          "kafka.stream.thread.commit.latency.max",
          "kafka.stream.thread.commit.ratio",
          "kafka.stream.thread.poll.ratio",
          "kafka.stream.thread.process.latency.avg",
          "kafka.stream.thread.process.latency.max",
          "kafka.stream.thread.process.ratio",
          "kafka.stream.thread.process.total",
          "kafka.stream.thread.punctuate.ratio");

  private static final Set<String> NAMES_WITH_PROCESS_IDS =
      Set.of("client.id", "process.id", "thread.id");

  private static final Pattern PROCESS_ID =
      Pattern.compile("-?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Duration REFRESH = Duration.ofSeconds(REFRESH_SECONDS);

  private final ScheduledExecutorService refresher;
  private final Runnable unbind;

  private KafkaMeters(
      ScheduledExecutorService refresher, MeterBinder binder, Runnable unbind, Meters meters) {
    this.refresher = refresher;
    this.unbind = unbind;
    binder.bindTo(meters.registry());
  }

  /** Those of a producer. */
  public static KafkaMeters of(Producer<?, ?> producer, Meters meters) {
    ScheduledExecutorService refresher = refresher();
    return ofClient(
        refresher, new KafkaClientMetrics(producer, meters.tags(), refresher, REFRESH), meters);
  }

  /** Those of a consumer. */
  public static KafkaMeters of(Consumer<?, ?> consumer, Meters meters) {
    ScheduledExecutorService refresher = refresher();
    return ofClient(
        refresher, new KafkaClientMetrics(consumer, meters.tags(), refresher, REFRESH), meters);
  }

  /** Those of an administration client. */
  public static KafkaMeters of(AdminClient admin, Meters meters) {
    ScheduledExecutorService refresher = refresher();
    return ofClient(
        refresher, new KafkaClientMetrics(admin, meters.tags(), refresher, REFRESH), meters);
  }

  /** Those of a Kafka Streams application and of the clients within it. */
  @SuppressWarnings("resource") // closed by close()
  public static KafkaMeters of(KafkaStreams streams, Meters meters) {
    ScheduledExecutorService refresher = refresher();
    KafkaStreamsMetrics binder =
        new KafkaStreamsMetrics(streams, meters.tags(), refresher, REFRESH);
    return new KafkaMeters(refresher, binder, binder::close, meters);
  }

  private static KafkaMeters ofClient(
      ScheduledExecutorService refresher, KafkaClientMetrics binder, Meters meters) {
    return new KafkaMeters(refresher, binder, binder::close, meters);
  }

  /** Takes the meters away again. Closing again does nothing. */
  @Override
  public void close() {
    refresher.shutdownNow();
    unbind.run();
  }

  /** Of Kafka's meters lets pass those that are worth keeping; of others, all. */
  static MeterFilter kept() {
    return MeterFilter.denyUnless(
        id -> !id.getName().startsWith(PREFIX) || KEPT.contains(id.getName()));
  }

  /**
   * Takes the random number of this process out of the names of clients and threads. It would make
   * every restart a new set of time series, and the address of the process tells processes apart.
   */
  static MeterFilter steadyNames() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(PREFIX)) {
          return id;
        }
        // Values only: the binder compares the number of tags with its own.
        return id.replaceTags(
            id.getTags().stream()
                .map(
                    tag ->
                        NAMES_WITH_PROCESS_IDS.contains(tag.getKey())
                            ? Tag.of(
                                tag.getKey(), PROCESS_ID.matcher(tag.getValue()).replaceAll(""))
                            : tag)
                .toList());
      }
    };
  }

  private static ScheduledExecutorService refresher() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "kafka-meters");
          thread.setDaemon(true);
          return thread;
        });
  }
}
