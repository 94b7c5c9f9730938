package org.digitstream.standalone.upkeep;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.KeptDeadLetter;
import org.digitstream.runtime.kafka.TopicScan;

/**
 * The topics of dead letters: shows what lies there, and sends records back to where they came
 * from.
 *
 * <p>A record that was sent back and failed again is another letter, which names the first one. Of
 * such letters only the newest is of use, so that sending back everything, however often, does not
 * multiply anything.
 *
 * <p>One thread. Memory is that of one fetch, and a number for each letter that failed again.
 */
public final class DeadLetterTopics {
  /** The topics that have dead letters, in the order in which data walks through them. */
  public static final List<String> ORIGINS =
      List.of(Topics.AUDIO_CHUNKS, Topics.LOG_MEL_FRAMES, Topics.DIGIT_EVENTS);

  private static final String CLIENT = "digitstream-dead-letters";

  /** Records are on their way at the same time up to this many, then they are waited for. */
  private static final int BATCH = 500;

  /**
   * A letter and what became of it.
   *
   * @param letter the letter
   * @param supersededBy {@code partition/offset} of the newest letter of the same record, where
   *     that is another one: it was sent back, and failed again
   */
  public record Shown(KeptDeadLetter letter, Optional<String> supersededBy) {}

  /**
   * What sending back came to.
   *
   * @param sentByTopic how many went back, by the topic that they went to
   * @param superseded how many lie there once more as a newer letter, and count for nothing
   * @param leftByReason how many of the others did not go back, by why
   */
  public record Outcome(
      Map<String, Long> sentByTopic, long superseded, Map<String, Long> leftByReason) {
    /** Copies both maps. */
    public Outcome {
      sentByTopic = Map.copyOf(sentByTopic);
      leftByReason = Map.copyOf(leftByReason);
    }

    /** How many went back. */
    public long sent() {
      return sentByTopic.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many of the chosen ones did not. */
    public long left() {
      return leftByReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** What came to be known in a first reading. */
  private record Survey(
      Map<String, Map<TopicPartition, Long>> endsByTopic,
      Map<String, Map<String, String>> newestByTopic,
      Map<String, Set<String>> latersByTopic) {}

  private final KafkaConnection connection;
  private final ScanProgress progress;

  /** Has read nothing yet. */
  public DeadLetterTopics(KafkaConnection connection, ScanProgress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /**
   * Shows letters, topic by topic in the order of {@link #ORIGINS}, the oldest first.
   *
   * @param origins the topics whose dead letters are wanted
   * @param wanted which letters
   * @param show takes each
   */
  public void visit(List<String> origins, Predicate<KeptDeadLetter> wanted, Consumer<Shown> show) {
    visit(survey(origins), wanted, show);
  }

  /**
   * Sends records back to the partitions that they came from, as they were but for one more replay
   * in their headers. What fails again meanwhile is not sent again by the same call.
   *
   * @param origins the topics whose dead letters are meant
   * @param wanted which letters
   * @param mostReplays letters of records that were sent back this often already stay
   * @param dryRun whether nothing is to be sent, only counted
   * @throws PartlyDoneException where the broker refused some of it, with what was done before
   */
  public Outcome replay(
      List<String> origins, Predicate<KeptDeadLetter> wanted, long mostReplays, boolean dryRun)
      throws PartlyDoneException {
    Survey survey = survey(origins);
    Map<String, Long> left = new TreeMap<>();
    AtomicLong superseded = new AtomicLong();
    try (Sender sender = new Sender(dryRun)) {
      visit(
          survey,
          wanted,
          shown -> {
            if (shown.supersededBy().isPresent()) {
              superseded.incrementAndGet();
              return;
            }
            Optional<String> obstacle = obstacle(shown.letter(), mostReplays, sender);
            if (obstacle.isPresent()) {
              left.merge(obstacle.get(), 1L, Long::sum);
            } else {
              sender.send(shown.letter());
            }
          });
      sender.finish();
      return new Outcome(sender.acknowledged, superseded.get(), left);
    } catch (Sender.Undelivered e) {
      throw new PartlyDoneException(
          "the broker did not take all records back: "
              + e.getCause().getMessage()
              + ". Certainly back are "
              + new Outcome(e.acknowledged, superseded.get(), left).sent()
              + "; the letters are all still there, so try it again once the broker is well",
          e.getCause());
    }
  }

  private static Optional<String> obstacle(KeptDeadLetter letter, long mostReplays, Sender sender) {
    if (letter.replays() >= mostReplays) {
      return Optional.of(
          "were sent back " + mostReplays + " times already (--most-replays lets them go again)");
    }
    return letter.obstacle().or(() -> sender.obstacle(letter));
  }

  private Survey survey(List<String> origins) {
    Survey survey = new Survey(new LinkedHashMap<>(), new HashMap<>(), new HashMap<>());
    for (String origin : ORIGINS) {
      if (!origins.contains(origin)) {
        continue;
      }
      String topic = Topics.deadLettersOf(origin);
      Map<String, String> newest = new HashMap<>();
      Set<String> laters = new HashSet<>();
      try (TopicScan scan = new TopicScan(connection, CLIENT, topic)) {
        survey.endsByTopic.put(topic, scan.ends());
        scan(
            topic,
            scan,
            letter ->
                letter
                    .firstLetter()
                    .ifPresent(
                        first -> {
                          newest.put(first, letter.place());
                          laters.add(letter.place());
                        }));
      }
      survey.newestByTopic.put(topic, newest);
      survey.latersByTopic.put(topic, laters);
    }
    return survey;
  }

  private void visit(Survey survey, Predicate<KeptDeadLetter> wanted, Consumer<Shown> show) {
    survey.endsByTopic.forEach(
        (topic, ends) -> {
          if (ends.isEmpty()) {
            return;
          }
          Map<String, String> newest = survey.newestByTopic.get(topic);
          Set<String> laters = survey.latersByTopic.get(topic);
          try (TopicScan scan = new TopicScan(connection, CLIENT, ends)) {
            scan(
                topic,
                scan,
                letter -> {
                  if (wanted.test(letter)) {
                    show.accept(new Shown(letter, supersededBy(letter, newest, laters)));
                  }
                });
          }
        });
  }

  private static Optional<String> supersededBy(
      KeptDeadLetter letter, Map<String, String> newest, Set<String> laters) {
    String first =
        laters.contains(letter.place()) ? letter.firstLetter().orElseThrow() : letter.place();
    return Optional.ofNullable(newest.get(first)).filter(place -> !place.equals(letter.place()));
  }

  private void scan(String topic, TopicScan scan, Consumer<KeptDeadLetter> letters) {
    while (!scan.isDone()) {
      for (ConsumerRecord<byte[], byte[]> record : scan.next()) {
        letters.accept(KeptDeadLetter.of(record));
      }
      progress.read(topic, scan.fraction());
    }
  }

  /** Sends, or only counts. */
  private final class Sender implements AutoCloseable {
    private static final class Undelivered extends RuntimeException {
      private static final long serialVersionUID = 1L;
      private final transient Map<String, Long> acknowledged;

      Undelivered(Map<String, Long> acknowledged, Throwable cause) {
        super(cause);
        this.acknowledged = Map.copyOf(acknowledged);
      }
    }

    private final KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            connection.producer(CLIENT), new ByteArraySerializer(), new ByteArraySerializer());
    private final boolean dryRun;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<String, Long> waiting = new TreeMap<>();
    private final Map<String, Long> acknowledged = new TreeMap<>();
    private int unacknowledged;

    Sender(boolean dryRun) {
      this.dryRun = dryRun;
    }

    Optional<String> obstacle(KeptDeadLetter letter) {
      int there =
          partitions.computeIfAbsent(
              letter.originTopic(), topic -> producer.partitionsFor(topic).size());
      return letter.originPartition() < there
          ? Optional.empty()
          : Optional.of("come from a partition that is no longer there");
    }

    void send(KeptDeadLetter letter) {
      waiting.merge(letter.originTopic(), 1L, Long::sum);
      if (!dryRun) {
        try {
          Future<RecordMetadata> unused =
              producer.send(
                  letter.replayed(),
                  (metadata, exception) -> {
                    if (exception != null) {
                      failure.compareAndSet(null, exception);
                    }
                  });
        } catch (KafkaException e) {
          failure.compareAndSet(null, e);
        }
      }
      unacknowledged++;
      if (unacknowledged == BATCH) {
        finish();
      }
    }

    void finish() {
      producer.flush();
      if (failure.get() != null) {
        throw new Undelivered(acknowledged, failure.get());
      }
      waiting.forEach((topic, count) -> acknowledged.merge(topic, count, Long::sum));
      waiting.clear();
      unacknowledged = 0;
    }

    @Override
    public void close() {
      producer.close();
    }
  }
}
