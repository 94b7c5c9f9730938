package org.digitstream.standalone.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicScan;

/**
 * Reads what the topics hold of one stream, from the first record that is kept to the last one that
 * is there when it begins, without a consumer group. Records that are malformed are left to the
 * services, which count them. One thread.
 */
public final class StreamTopics {
  /** Told how far it has come; may throw to end the work. */
  @FunctionalInterface
  public interface Progress {
    /** Of a topic this fraction has been read, 0 to 1. */
    void read(String topic, double fraction);
  }

  /**
   * What was told of a stream.
   *
   * @param digits its digits, in order, each once
   * @param end its end, if it has ended
   */
  public record Told(List<DigitEvent> digits, Optional<StreamEnd> end) {
    /** Copies the list. */
    public Told {
      digits = List.copyOf(digits);
    }

    /** Whether anything was told. */
    public boolean isNothing() {
      return digits.isEmpty() && end.isEmpty();
    }

    /** What the stream's audio is of. */
    public Optional<String> source() {
      return digits.stream()
          .map(StreamEvent.class::cast)
          .findFirst()
          .or(() -> end)
          .map(StreamEvent::source);
    }

    /** The model that heard it. */
    public Optional<String> modelId() {
      return end.map(StreamEnd::modelId)
          .or(() -> digits.stream().findFirst().map(DigitEvent::modelId));
    }
  }

  private final KafkaConnection connection;
  private final Progress progress;
  private final Set<String> seen = new LinkedHashSet<>();

  /** Has read nothing yet. */
  public StreamTopics(KafkaConnection connection, Progress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /** What was told of a stream. */
  public Told told(String streamId) {
    Map<Long, DigitEvent> digits = new TreeMap<>();
    List<StreamEnd> ends = new ArrayList<>();
    read(
        Topics.DIGIT_EVENTS,
        streamId,
        new StreamEventCodec(),
        event -> {
          if (event instanceof DigitEvent digit) {
            digits.putIfAbsent(digit.index(), digit);
          } else if (event instanceof StreamEnd end) {
            ends.add(end);
          }
          return true;
        });
    return new Told(List.copyOf(digits.values()), ends.stream().findFirst());
  }

  /**
   * Reads a stream's audio.
   *
   * @param more takes each chunk, in order, and says whether it wants more
   */
  public void audio(String streamId, Predicate<AudioChunk> more) {
    read(Topics.AUDIO_CHUNKS, streamId, new AudioChunkCodec(), more);
  }

  /**
   * Reads a stream's frames.
   *
   * @param more takes each record, in order, and says whether it wants more
   */
  public void frames(String streamId, Predicate<LogMelFrames> more) {
    read(Topics.LOG_MEL_FRAMES, streamId, new LogMelFramesCodec(), more);
  }

  /** The ids of all streams that were come across so far, the earliest first. */
  public Set<String> seen() {
    return new LinkedHashSet<>(seen);
  }

  private <T> void read(String topic, String streamId, RecordCodec<T> codec, Predicate<T> more) {
    try (TopicScan scan = new TopicScan(connection, "digitstream-explain", topic)) {
      for (List<ConsumerRecord<byte[], byte[]>> records = scan.next();
          !records.isEmpty() || !scan.isDone();
          records = scan.next()) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
          if (take(record, streamId, codec, more)) {
            return;
          }
        }
        progress.read(topic, scan.fraction());
      }
    }
  }

  private <T> boolean take(
      ConsumerRecord<byte[], byte[]> record,
      String streamId,
      RecordCodec<T> codec,
      Predicate<T> more) {
    if (record.key() == null || record.value() == null) {
      return false;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    seen.add(key);
    try {
      return key.equals(streamId) && !more.test(codec.decode(record.value()));
    } catch (MalformedRecordException e) {
      return false;
    }
  }
}
