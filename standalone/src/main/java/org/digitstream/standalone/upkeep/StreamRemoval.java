package org.digitstream.standalone.upkeep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicScan;

/**
 * Removes the records of one stream as far as Kafka can.
 *
 * <p>A topic is a log: Kafka removes its beginning, never something from its middle. So the records
 * of a stream can be removed alone where nothing older of another stream lies before them in their
 * partition; otherwise what is older has to go with them, or they stay until the topic's retention
 * is over. Writing the others anew behind them would not help: the services would read them again.
 *
 * <p>One thread. Memory does not depend on how many records there are.
 */
public final class StreamRemoval {
  private static final long ANSWER_SECONDS = 30;

  /**
   * What a partition holds of the stream.
   *
   * @param place the partition
   * @param records records of the stream
   * @param removable how many of them can be removed without records of others
   * @param aloneUpTo the offset before which nothing of others lies
   * @param wholeUpTo the offset after the stream's last record
   * @param othersBefore records of other streams, or without key, before that
   * @param newestMillis when the stream's newest record was written
   */
  public record Part(
      TopicPartition place,
      long records,
      long removable,
      long aloneUpTo,
      long wholeUpTo,
      long othersBefore,
      long newestMillis) {}

  /**
   * What there is of the stream.
   *
   * @param parts the partitions that hold something of it
   * @param ended whether its end is among it
   * @param newestMillis when its newest record was written
   * @param otherStreams the other streams that have records before its last ones
   */
  public record Plan(List<Part> parts, boolean ended, long newestMillis, Set<String> otherStreams) {
    /** Copies list and set. */
    public Plan {
      parts = List.copyOf(parts);
      otherStreams = Set.copyOf(otherStreams);
    }
  }

  private final KafkaConnection connection;
  private final ScanProgress progress;

  /** Has read nothing yet. */
  public StreamRemoval(KafkaConnection connection, ScanProgress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /** What there is of a stream; changes nothing. */
  public Plan plan(String streamId) {
    List<Part> parts = new ArrayList<>();
    Set<String> otherStreams = new TreeSet<>();
    boolean ended = false;
    long newest = Long.MIN_VALUE;
    for (String topic : KeptRecords.TOPICS) {
      Map<TopicPartition, Reading> readings = new HashMap<>();
      try (TopicScan scan = new TopicScan(connection, "digitstream-streams", topic)) {
        while (!scan.isDone()) {
          for (ConsumerRecord<byte[], byte[]> record : scan.next()) {
            readings
                .computeIfAbsent(
                    new TopicPartition(topic, record.partition()), place -> new Reading())
                .add(record, streamId);
          }
          progress.read(topic, scan.fraction());
        }
      }
      for (Map.Entry<TopicPartition, Reading> entry : readings.entrySet()) {
        Reading reading = entry.getValue();
        if (reading.records > 0) {
          parts.add(reading.part(entry.getKey()));
          otherStreams.addAll(reading.othersBefore);
          ended |= reading.ended;
          newest = Math.max(newest, reading.newestMillis);
        }
      }
    }
    return new Plan(parts, ended, newest, otherStreams);
  }

  /** What was seen of one partition so far. */
  private static final class Reading {
    private long records;
    private long removable;
    private long aloneUpTo;
    private long wholeUpTo;
    private long others;
    private long othersBeforeLast;
    private long newestMillis = Long.MIN_VALUE;
    private boolean ended;
    private final Set<String> othersSince = new HashSet<>();
    private final Set<String> othersBefore = new HashSet<>();

    void add(ConsumerRecord<byte[], byte[]> record, String streamId) {
      if (!KeptRecords.isOf(record, streamId)) {
        others++;
        KeptRecords.key(record)
            .filter(id -> !othersBefore.contains(id))
            .ifPresent(othersSince::add);
        return;
      }
      records++;
      wholeUpTo = record.offset() + 1;
      newestMillis = Math.max(newestMillis, record.timestamp());
      ended |= KeptRecords.content(record).map(KeptRecords.Content::end).orElse(false);
      othersBeforeLast = others;
      othersBefore.addAll(othersSince);
      othersSince.clear();
      if (others == 0) {
        removable++;
        aloneUpTo = record.offset() + 1;
      }
    }

    Part part(TopicPartition place) {
      return new Part(
          place, records, removable, aloneUpTo, wholeUpTo, othersBeforeLast, newestMillis);
    }
  }

  /**
   * Removes: what is removed cannot be read any more when this returns.
   *
   * @param plan what {@link #plan} found
   * @param withOlder whether everything older in the same partitions goes, too
   * @throws PartlyDoneException where the brokers refused, naming which partition
   * @throws InterruptedException if interrupted meanwhile
   */
  public void remove(Plan plan, boolean withOlder)
      throws PartlyDoneException, InterruptedException {
    List<TopicPartition> done = new ArrayList<>();
    try (Admin admin = Admin.create(connection.admin("digitstream-streams"))) {
      for (Part part : plan.parts()) {
        long upTo = withOlder ? part.wholeUpTo() : part.aloneUpTo();
        if (upTo > 0) {
          admin
              .deleteRecords(Map.of(part.place(), RecordsToDelete.beforeOffset(upTo)))
              .all()
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
          done.add(part.place());
        }
      }
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new PartlyDoneException(
          "the broker did not remove everything: "
              + (cause.getMessage() == null ? cause : cause.getMessage())
              + ". Done are "
              + (done.isEmpty() ? "none" : done)
              + "; it can be tried again",
          cause);
    }
  }
}
