package org.digitstream.standalone.upkeep;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.StreamEventCodec;

/** What a record says of the stream that it is of. Stateless. */
final class KeptRecords {
  /** All topics with records of streams, in the order in which data walks through them. */
  static final List<String> TOPICS =
      Stream.concat(
              Stream.of(
                  Topics.AUDIO_CHUNKS,
                  Topics.LOG_MEL_FRAMES,
                  Topics.DIGIT_POSTERIORS,
                  Topics.DIGIT_EVENTS),
              DeadLetterTopics.ORIGINS.stream().map(Topics::deadLettersOf))
          .toList();

  private static final AudioChunkCodec AUDIO = new AudioChunkCodec();
  private static final LogMelFramesCodec FRAMES = new LogMelFramesCodec();
  private static final StreamEventCodec EVENTS = new StreamEventCodec();

  /** What only the value tells. */
  record Content(String streamId, String source, boolean end) {}

  private KeptRecords() {}

  /** The stream id that is the key; nothing where there is no key. */
  static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null
        ? Optional.empty()
        : Optional.of(new String(record.key(), StandardCharsets.UTF_8));
  }

  /** Whether a record is of a stream: by its key, and among dead letters also by its value. */
  static boolean isOf(ConsumerRecord<byte[], byte[]> record, String streamId) {
    byte[] id = streamId.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(id, record.key())
        || isLetter(record.topic())
            && content(record).map(content -> content.streamId.equals(streamId)).orElse(false);
  }

  /** What the value tells; nothing where it is no record, or none that tells more than its key. */
  static Optional<Content> content(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      switch (record.topic().replaceFirst("-dead-letters$", "")) {
        case Topics.AUDIO_CHUNKS:
          AudioChunk chunk = AUDIO.decode(record.value());
          return Optional.of(new Content(chunk.streamId(), chunk.source(), chunk.end()));
        case Topics.LOG_MEL_FRAMES:
          var frames = FRAMES.decode(record.value());
          return Optional.of(new Content(frames.streamId(), frames.source(), frames.end()));
        case Topics.DIGIT_EVENTS:
          StreamEvent event = EVENTS.decode(record.value());
          return Optional.of(
              new Content(event.streamId(), event.source(), event instanceof StreamEnd));
        default:
          return Optional.empty();
      }
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  private static boolean isLetter(String topic) {
    return topic.endsWith("-dead-letters");
  }
}
