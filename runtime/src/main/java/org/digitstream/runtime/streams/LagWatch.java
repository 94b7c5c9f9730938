package org.digitstream.runtime.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how far an application is behind in the partitions that it has. One thread measures; any
 * may ask {@link #records()}.
 */
final class LagWatch {
  /** Tells the lag behind what was committed. */
  @FunctionalInterface
  interface CommittedLag {
    /** Records by partition; see {@link org.digitstream.runtime.kafka.GroupLag}. */
    Map<TopicPartition, Long> of(Set<TopicPartition> partitions)
        throws BrokerUnreachableException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
  private static final String LAG_GROUP = "consumer-fetch-manager-metrics";
  private static final String LAG_NAME = "records-lag";
  private static final String BUFFER_GROUP = "stream-task-metrics";
  private static final String BUFFER_NAME = "active-buffer-count";

  private final Supplier<Set<TopicPartition>> assigned;
  private final Supplier<? extends Map<MetricName, ? extends Metric>> kafkaMetrics;
  private final CommittedLag committedLag;
  private final Meters meters;
  private volatile long records;

  /**
   * A watch that has not looked yet.
   *
   * @param assigned the partitions that are worked on in this process
   * @param kafkaMetrics those of the application's consumers
   * @param committedLag tells the lag behind what was committed
   * @param meters where both are shown
   */
  LagWatch(
      Supplier<Set<TopicPartition>> assigned,
      Supplier<? extends Map<MetricName, ? extends Metric>> kafkaMetrics,
      CommittedLag committedLag,
      Meters meters) {
    this.assigned = assigned;
    this.kafkaMetrics = kafkaMetrics;
    this.committedLag = committedLag;
    this.meters = meters;
  }

  /** Looks once; where no broker answers, what was committed is not shown rather than old. */
  void measure() throws InterruptedException {
    Set<TopicPartition> partitions = assigned.get();
    Map<TopicPartition, Long> committed;
    try {
      committed = committedLag.of(partitions);
    } catch (BrokerUnreachableException e) {
      LOG.debug("the committed lag is not known: {}", e.getMessage());
      committed = Map.of();
    }
    // A partition that nothing was fetched from yet has no metric: all of it is still to come.
    Map<TopicPartition, Long> current = new HashMap<>(committed);
    current.putAll(toWorkOn(partitions));
    meters.consumerLag(current, committed);
    // By its own account it does not see what came while its buffers were full; by the brokers'
    // it has still to do what it did since it last committed.
    Map<TopicPartition, Long> behind = new HashMap<>(current);
    committed.forEach((partition, lag) -> behind.merge(partition, lag, Math::max));
    records = behind.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many records it was behind when that was last measured; 0 before. */
  long records() {
    return records;
  }

  /** What was not fetched when last something was, and what waits in the tasks' buffers. */
  private Map<TopicPartition, Long> toWorkOn(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> toFetch = new HashMap<>();
    Map<Integer, Long> buffered = new HashMap<>();
    kafkaMetrics
        .get()
        .forEach(
            (name, metric) -> {
              if (is(name, LAG_GROUP, LAG_NAME)) {
                TopicPartition partition =
                    new TopicPartition(
                        name.tags().get("topic"), Integer.parseInt(name.tags().get("partition")));
                if (partitions.contains(partition)) {
                  records(metric).ifPresent(records -> toFetch.put(partition, records));
                }
              } else if (is(name, BUFFER_GROUP, BUFFER_NAME)) {
                // Such as 0_2: each topology here reads one topic, so 2 is its partition.
                String task = name.tags().get("task-id");
                int partition = Integer.parseInt(task.substring(task.lastIndexOf('_') + 1));
                records(metric).ifPresent(records -> buffered.put(partition, records));
              }
            });
    toFetch.replaceAll(
        (partition, records) -> records + buffered.getOrDefault(partition.partition(), 0L));
    return toFetch;
  }

  private static boolean is(MetricName name, String group, String wanted) {
    return name.name().equals(wanted) && name.group().equals(group);
  }

  private static OptionalLong records(Metric metric) {
    return metric.metricValue() instanceof Number records && !Double.isNaN(records.doubleValue())
        ? OptionalLong.of(Math.round(records.doubleValue()))
        : OptionalLong.empty();
  }
}
