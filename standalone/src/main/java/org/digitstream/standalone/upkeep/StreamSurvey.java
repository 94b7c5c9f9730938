package org.digitstream.standalone.upkeep;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicScan;

/** Finds the streams that the topics keep records of. One thread; memory grows with the streams. */
public final class StreamSurvey {
  private static final class Found {
    private String source = "";
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;
    private boolean ended;
    private final Map<String, Long> records = new TreeMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
      firstMillis = Math.min(firstMillis, record.timestamp());
      lastMillis = Math.max(lastMillis, record.timestamp());
      records.merge(record.topic(), 1L, Long::sum);
      if (!ended || source.isEmpty()) {
        KeptRecords.content(record)
            .ifPresent(
                content -> {
                  ended |= content.end();
                  source = source.isEmpty() ? content.source() : source;
                });
      }
    }
  }

  private final KafkaConnection connection;
  private final ScanProgress progress;

  /** Has read nothing yet. */
  public StreamSurvey(KafkaConnection connection, ScanProgress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /**
   * All streams that any topic keeps a record of, the oldest first; records without key are not.
   */
  public List<KeptStream> streams() {
    Map<String, Found> streams = new HashMap<>();
    for (String topic : KeptRecords.TOPICS) {
      try (TopicScan scan = new TopicScan(connection, "digitstream-streams", topic)) {
        while (!scan.isDone()) {
          for (ConsumerRecord<byte[], byte[]> record : scan.next()) {
            KeptRecords.key(record)
                .ifPresent(id -> streams.computeIfAbsent(id, key -> new Found()).add(record));
          }
          progress.read(topic, scan.fraction());
        }
      }
    }
    return streams.entrySet().stream()
        .map(
            entry -> {
              Found found = entry.getValue();
              return new KeptStream(
                  entry.getKey(),
                  found.source,
                  found.firstMillis,
                  found.lastMillis,
                  found.ended,
                  found.records);
            })
        .sorted(Comparator.comparingLong(KeptStream::firstMillis).thenComparing(KeptStream::id))
        .toList();
  }
}
