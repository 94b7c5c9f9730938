package org.digitstream.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;

class LagWatchTest {
  private static final TopicPartition P0 = new TopicPartition("audio-chunks", 0);
  private static final TopicPartition P1 = new TopicPartition("audio-chunks", 1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Map<MetricName, Metric> kafkaMetrics = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private Set<TopicPartition> assigned = Set.of(P0, P1);
  private boolean brokerIsAway;
  private final LagWatch watch =
      new LagWatch(() -> assigned, () -> kafkaMetrics, this::ask, new Meters(registry, "features"));

  @Test
  void bothLagsOfEachPartitionAreShown() throws Exception {
    fetched(P0, 3);
    fetched(P1, Double.NaN);
    committed.put(P0, 5L);
    committed.put(P1, 7L);

    watch.measure();

    assertThat(lag(Meters.CONSUMER_LAG, 0)).isEqualTo(3);
    assertThat(lag(Meters.CONSUMER_LAG_COMMITTED, 0)).isEqualTo(5);
    assertThat(lag(Meters.CONSUMER_LAG_COMMITTED, 1)).isEqualTo(7);
  }

  @Test
  void whatWaitsInTheBufferOfATaskIsStillToBeWorkedOn() throws Exception {
    fetched(P0, 3);
    fetched(P1, 4);
    told("active-buffer-count", "stream-task-metrics", Map.of("task-id", "0_1"), 100L);

    watch.measure();

    assertThat(lag(Meters.CONSUMER_LAG, 0)).isEqualTo(3);
    assertThat(lag(Meters.CONSUMER_LAG, 1)).isEqualTo(104);
  }

  @Test
  void ofAPartitionThatNothingWasFetchedFromAllIsStillToCome() throws Exception {
    committed.put(P0, 5L);
    watch.measure();
    assertThat(lag(Meters.CONSUMER_LAG, 0)).isEqualTo(5);
  }

  /** A consumer with full buffers does not fetch, and its own account stands still. */
  @Test
  void theRecordsBehindAreTheLargerAccountOfEachPartition() throws Exception {
    assertThat(watch.records()).isZero();
    fetched(P0, 3);
    fetched(P1, 40);
    committed.put(P0, 500L);
    committed.put(P1, 7L);

    watch.measure();
    assertThat(watch.records()).isEqualTo(540);

    brokerIsAway = true;
    watch.measure();
    assertThat(watch.records()).isEqualTo(43);
  }

  @Test
  void aPartitionThatWasTakenAwayIsNoLongerShown() throws Exception {
    fetched(P0, 3);
    fetched(P1, 4);
    watch.measure();
    assigned = Set.of(P1);
    watch.measure();

    assertThat(registry.find(Meters.CONSUMER_LAG).gauges()).hasSize(1);
    assertThat(lag(Meters.CONSUMER_LAG, 1)).isEqualTo(4);
  }

  @Test
  void whereNoBrokerAnswersWhatWasCommittedIsNotShown() throws Exception {
    fetched(P0, 3);
    committed.put(P0, 5L);
    watch.measure();
    brokerIsAway = true;
    watch.measure();

    assertThat(registry.find(Meters.CONSUMER_LAG_COMMITTED).gauges()).isEmpty();
    assertThat(lag(Meters.CONSUMER_LAG, 0)).isEqualTo(3);
  }

  private Map<TopicPartition, Long> ask(Set<TopicPartition> partitions)
      throws BrokerUnreachableException {
    if (brokerIsAway) {
      throw new BrokerUnreachableException("no answer", null);
    }
    Map<TopicPartition, Long> answer = new HashMap<>(committed);
    answer.keySet().retainAll(partitions);
    return answer;
  }

  private double lag(String name, int partition) {
    Gauge gauge =
        registry.get(name).tags("service", "features", "partition", "" + partition).gauge();
    return gauge.value();
  }

  private void fetched(TopicPartition partition, double records) {
    told(
        "records-lag",
        "consumer-fetch-manager-metrics",
        Map.of("topic", partition.topic(), "partition", Integer.toString(partition.partition())),
        records);
  }

  private void told(String what, String group, Map<String, String> tags, Number value) {
    MetricName name = new MetricName(what, group, "", tags);
    kafkaMetrics.put(
        name,
        new Metric() {
          @Override
          public MetricName metricName() {
            return name;
          }

          @Override
          public Object metricValue() {
            return value;
          }
        });
  }
}
