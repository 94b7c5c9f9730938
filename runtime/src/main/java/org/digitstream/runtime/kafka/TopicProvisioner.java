package org.digitstream.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.digitstream.contract.Topics;

/**
 * Creates the topics that are missing. Topics that exist are left alone, whoever made them and with
 * whatever settings. Several services may do this at the same time.
 */
public final class TopicProvisioner {
  private static final int RETRY_MILLIS = 50;

  /**
   * What was found.
   *
   * @param created names of the topics that were missing, in the order of the definitions
   * @param warnings a sentence for people for each topic that has another number of partitions than
   *     asked for
   */
  public record Report(List<String> created, List<String> warnings) {
    /** Copies both lists. */
    public Report {
      created = List.copyOf(created);
      warnings = List.copyOf(warnings);
    }
  }

  private final KafkaConnection connection;

  /** A provisioner for the brokers of a connection. */
  public TopicProvisioner(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Returns once every topic exists and the broker knows its partitions.
   *
   * @param definitions such as {@link Topics#definitions}; the replication factor is the broker's
   *     default
   * @throws BrokerUnreachableException if the topics do not all exist by the end of the timeout
   * @throws KafkaException if the broker refuses, as where the user may not create topics
   * @throws InterruptedException if interrupted meanwhile
   */
  public Report provision(List<Topics.Definition> definitions, Duration timeout)
      throws BrokerUnreachableException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Admin admin = Admin.create(connection.admin("digitstream-topics"));
    try {
      Set<String> existing = partitionsByTopic(admin, definitions, deadline).keySet();
      List<String> created = create(admin, missing(definitions, existing), deadline);
      return new Report(created, warnings(definitions, awaitAll(admin, definitions, deadline)));
    } catch (TimeoutException e) {
      throw new BrokerUnreachableException(
          "the topics could not be made sure of within "
              + timeout.toSeconds()
              + " s at "
              + connection.bootstrapServers()
              + ". Check that the brokers are healthy.",
          e);
    } finally {
      admin.close(Duration.ofSeconds(1));
    }
  }

  private static List<Topics.Definition> missing(
      List<Topics.Definition> definitions, Set<String> existing) {
    return definitions.stream().filter(topic -> !existing.contains(topic.name())).toList();
  }

  private static List<String> create(Admin admin, List<Topics.Definition> missing, long deadline)
      throws InterruptedException, TimeoutException {
    List<NewTopic> topics =
        missing.stream()
            .map(
                topic ->
                    new NewTopic(
                            topic.name(), Optional.of(topic.partitions()), Optional.<Short>empty())
                        .configs(topic.settings()))
            .toList();
    List<String> created = new ArrayList<>();
    Map<String, KafkaFuture<Void>> results = admin.createTopics(topics).values();
    for (NewTopic topic : topics) {
      try {
        await(results.get(topic.name()), deadline);
        created.add(topic.name());
      } catch (ExecutionException e) {
        // Another service was a moment earlier.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw asKafkaException("topic " + topic.name() + " cannot be created", e);
        }
      }
    }
    return created;
  }

  private static Map<String, Integer> awaitAll(
      Admin admin, List<Topics.Definition> definitions, long deadline)
      throws InterruptedException, TimeoutException {
    while (true) {
      Map<String, Integer> partitions = partitionsByTopic(admin, definitions, deadline);
      if (missing(definitions, partitions.keySet()).isEmpty()) {
        return partitions;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("created topics are not yet known to the broker");
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  private static Map<String, Integer> partitionsByTopic(
      Admin admin, List<Topics.Definition> definitions, long deadline)
      throws InterruptedException, TimeoutException {
    Set<String> names =
        definitions.stream().map(Topics.Definition::name).collect(Collectors.toSet());
    Map<String, Integer> partitions = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> entry :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        partitions.put(entry.getKey(), await(entry.getValue(), deadline).partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw asKafkaException("topic " + entry.getKey() + " cannot be described", e);
        }
      }
    }
    return partitions;
  }

  private static List<String> warnings(
      List<Topics.Definition> definitions, Map<String, Integer> partitions) {
    return definitions.stream()
        .filter(topic -> partitions.get(topic.name()) != topic.partitions())
        .map(
            topic ->
                "topic "
                    + topic.name()
                    + " has "
                    + partitions.get(topic.name())
                    + " partitions, not the "
                    + topic.partitions()
                    + " asked for; it is used as it is")
        .toList();
  }

  private static <T> T await(KafkaFuture<T> future, long deadline)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private static KafkaException asKafkaException(String what, ExecutionException e) {
    return new KafkaException(what + ": " + e.getCause().getMessage(), e.getCause());
  }
}
