package org.digitstream.runtime.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Where the brokers are and how to talk to them: the bootstrap addresses and whatever client
 * properties the user gave, such as those for TLS and SASL. A value; it holds no connection.
 *
 * <p>The property maps that it makes hold this project's defaults (no lingering, acknowledged by
 * all replicas, calm reconnecting) with the user's properties over them. They name no serializers:
 * give those to the client's constructor.
 */
public final class KafkaConnection {
  /** Where a broker on this machine listens unless told otherwise. */
  public static final String DEFAULT_BOOTSTRAP_SERVERS = "localhost:9092";

  private static final List<String> STREAMS_PREFIXES =
      List.of("consumer.", "main.consumer.", "restore.consumer.", "producer.", "admin.", "topic.");

  private static final Map<String, Object> CALM =
      Map.of(
          // A broker that is away is asked again every two seconds at most, and so logged about.
          CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG,
          100,
          CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          2_000,
          "enable.metrics.push",
          false);

  private final String bootstrapServers;
  private final Map<String, String> userProperties;

  private KafkaConnection(String bootstrapServers, Map<String, String> userProperties) {
    this.bootstrapServers = BootstrapAddresses.requireValid(bootstrapServers);
    this.userProperties = Map.copyOf(userProperties);
  }

  /**
   * A connection without any further properties.
   *
   * @param bootstrapServers {@code host:port}, several separated by commas
   * @throws IllegalArgumentException if an address is not {@code host:port}
   */
  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /**
   * A connection with further client properties.
   *
   * @param bootstrapServers {@code host:port}, several separated by commas
   * @param properties properties by Kafka's names; those of one kind of client, or of Kafka Streams
   *     with its prefixes, go where they belong
   * @throws IllegalArgumentException if an address is not {@code host:port}, or naming every
   *     property that no Kafka client knows
   */
  public static KafkaConnection to(String bootstrapServers, Map<String, String> properties) {
    requireKnown("the Kafka properties", properties);
    return new KafkaConnection(bootstrapServers, properties);
  }

  /**
   * A connection with the client properties of a file in the format of {@link Properties}. Its
   * {@code bootstrap.servers}, if any, is not used.
   *
   * @throws IOException if the file cannot be read, naming it
   * @throws IllegalArgumentException if an address is not {@code host:port}, or naming the file and
   *     every property that no Kafka client knows
   */
  public static KafkaConnection to(String bootstrapServers, Path configFile) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(configFile, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IOException("the Kafka properties " + configFile + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the Kafka properties " + configFile + " are malformed: " + e.getMessage(), e);
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    values.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    requireKnown("the Kafka properties " + configFile, values);
    return new KafkaConnection(bootstrapServers, values);
  }

  /** The addresses, as given. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Properties of a producer: nothing lingers, every record is acknowledged by all replicas in sync
   * and written once and in order.
   */
  public Map<String, Object> producer(String clientId) {
    Map<String, Object> properties = base(clientId);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return withUserProperties(properties, ProducerConfig.configNames());
  }

  /** Properties of a consumer that sees committed records only and commits no offsets by itself. */
  public Map<String, Object> consumer(String clientId) {
    Map<String, Object> properties = base(clientId);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return withUserProperties(properties, ConsumerConfig.configNames());
  }

  /** Properties of an administration client. */
  public Map<String, Object> admin(String clientId) {
    return withUserProperties(base(clientId), AdminClientConfig.configNames());
  }

  /**
   * Properties of a Kafka Streams application: the addresses and what the user gave. How the
   * application runs is added by {@link org.digitstream.runtime.streams.StreamsService}.
   */
  public Map<String, Object> streams(String applicationId) {
    Map<String, Object> properties = new HashMap<>(CALM);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.putAll(userProperties);
    return properties;
  }

  /**
   * Returns once a broker has answered, and keeps asking until then.
   *
   * <p>The addresses are tried by plain sockets before any Kafka client is made, so that a broker
   * that is not there yields one message and not a log full of warnings.
   *
   * @param timeout the longest to wait
   * @throws BrokerUnreachableException naming the addresses, what went wrong and what to do
   * @throws InterruptedException if interrupted meanwhile
   */
  public void checkReachable(Duration timeout)
      throws BrokerUnreachableException, InterruptedException {
    new ReachabilityCheck(this).run(timeout);
  }

  @Override
  public String toString() {
    // Never the properties' values: they hold passwords.
    return bootstrapServers + " with properties " + new TreeMap<>(userProperties).keySet();
  }

  private Map<String, Object> base(String clientId) {
    Map<String, Object> properties = new HashMap<>(CALM);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    return properties;
  }

  private Map<String, Object> withUserProperties(
      Map<String, Object> properties, Set<String> known) {
    userProperties.forEach(
        (name, value) -> {
          if (known.contains(name) || name.startsWith("config.providers.")) {
            properties.put(name, value);
          }
        });
    return properties;
  }

  private static void requireKnown(String what, Map<String, String> properties) {
    List<String> unknown =
        new ArrayList<>(
            properties.keySet().stream().filter(name -> !isKnown(name)).sorted().toList());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          what
              + " hold names that no Kafka client knows: "
              + String.join(", ", unknown)
              + "; correct or remove them (see https://kafka.apache.org/documentation/#configuration)");
    }
  }

  private static boolean isKnown(String name) {
    String bare =
        STREAMS_PREFIXES.stream()
            .filter(name::startsWith)
            .findFirst()
            .map(prefix -> name.substring(prefix.length()))
            .orElse(name);
    return name.startsWith("config.providers.")
        || name.startsWith("topic.")
        || Stream.of(
                ProducerConfig.configNames(),
                ConsumerConfig.configNames(),
                AdminClientConfig.configNames(),
                StreamsConfig.configDef().names())
            .anyMatch(names -> names.contains(bare));
  }
}
