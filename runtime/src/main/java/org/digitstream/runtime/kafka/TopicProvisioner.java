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
import org.apache.kafka.common.errors.AuthorizationException;
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
    return provision(
        definitions,
        definitions.stream().map(Topics.Definition::name).collect(Collectors.toSet()),
        timeout);
  }

  /**
   * The same for somebody who needs some of the topics only: those that it may not see, or not
   * create, are left to others.
   *
   * @param needed names of the topics that must exist
   * @throws BrokerUnreachableException if those do not all exist by the end of the timeout
   * @throws KafkaException if the broker refuses one of those, saying what to do
   * @throws InterruptedException if interrupted meanwhile
   */
  public Report provision(List<Topics.Definition> definitions, Set<String> needed, Duration timeout)
      throws BrokerUnreachableException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Admin admin = Admin.create(connection.admin("digitstream-topics"));
    try {
      List<Topics.Definition> visible = new ArrayList<>(definitions);
      Set<String> existing = partitionsByTopic(admin, visible, needed, deadline).keySet();
      List<Topics.Definition> missing = missing(visible, existing);
      List<String> created = create(admin, missing, needed, deadline);
      visible.removeIf(
          topic ->
              missing.contains(topic)
                  && !created.contains(topic.name())
                  && !needed.contains(topic.name()));
      return new Report(created, warnings(visible, awaitAll(admin, visible, needed, deadline)));
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

  private static List<String> create(
      Admin admin, List<Topics.Definition> missing, Set<String> needed, long deadline)
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
        // Another service was a moment earlier, or it is the business of another one.
        boolean others =
            e.getCause() instanceof AuthorizationException && !needed.contains(topic.name());
        if (!(e.getCause() instanceof TopicExistsException) && !others) {
          throw asKafkaException("topic " + topic.name() + " is missing and cannot be created", e);
        }
      }
    }
    return created;
  }

  private static Map<String, Integer> awaitAll(
      Admin admin, List<Topics.Definition> definitions, Set<String> needed, long deadline)
      throws InterruptedException, TimeoutException {
    while (true) {
      Map<String, Integer> partitions = partitionsByTopic(admin, definitions, needed, deadline);
      if (missing(definitions, partitions.keySet()).isEmpty()) {
        return partitions;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("created topics are not yet known to the broker");
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  /** Takes those out of the definitions that are hidden and not needed. */
  private static Map<String, Integer> partitionsByTopic(
      Admin admin, List<Topics.Definition> definitions, Set<String> needed, long deadline)
      throws InterruptedException, TimeoutException {
    Set<String> names =
        definitions.stream().map(Topics.Definition::name).collect(Collectors.toSet());
    Map<String, Integer> partitions = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> entry :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        partitions.put(entry.getKey(), await(entry.getValue(), deadline).partitions().size());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException && !needed.contains(entry.getKey())) {
          definitions.removeIf(topic -> topic.name().equals(entry.getKey()));
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
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
    return new KafkaException(
        what + ": " + AccessDenied.explain(e.getCause()).orElseGet(() -> e.getCause().getMessage()),
        e.getCause());
  }
}
