package org.digitstream.standalone.upkeep;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.KafkaConnection;

/**
 * How long a topic keeps its records, as the brokers are set.
 *
 * @param retention how long; nothing where it is for ever
 * @param segment how long one file is written to: a record may be kept longer by that, since files
 *     are deleted as a whole
 */
public record TopicRetention(Optional<Duration> retention, Duration segment) {
  private static final long ANSWER_SECONDS = 30;

  /** The longest that a record may be read after it was written; nothing where it is for ever. */
  public Optional<Duration> atMost() {
    return retention.map(segment::plus);
  }

  /**
   * Asks the brokers.
   *
   * @param topics topics that exist
   * @return by topic, in the order of the names
   * @throws PartlyDoneException where the brokers do not tell
   * @throws InterruptedException if interrupted meanwhile
   */
  public static Map<String, TopicRetention> of(
      KafkaConnection connection, Collection<String> topics)
      throws PartlyDoneException, InterruptedException {
    try (Admin admin = Admin.create(connection.admin("digitstream-retention"))) {
      Map<ConfigResource, Config> configs =
          admin
              .describeConfigs(
                  topics.stream()
                      .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                      .toList())
              .all()
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
      Map<String, TopicRetention> kept = new TreeMap<>();
      configs.forEach(
          (topic, config) -> {
            long retention = Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
            long segment = Long.parseLong(config.get(TopicConfig.SEGMENT_MS_CONFIG).value());
            kept.put(
                topic.name(),
                new TopicRetention(
                    retention < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(retention)),
                    Duration.ofMillis(segment)));
          });
      return kept;
    } catch (ExecutionException | TimeoutException e) {
      throw new PartlyDoneException(
          "the broker does not tell how long its topics keep records: "
              + AccessDenied.explain(e).orElseGet(e::getMessage),
          e);
    }
  }
}
