package org.digitstream.contract.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.contract.wire.StreamEventCodec;

/**
 * Kafka's view of the wire formats. The services read bytes and decode them with a {@link
 * RecordCodec}, so that a malformed record becomes a dead letter and not an exception in a poll
 * loop; they write with these.
 */
public final class RecordSerdes {
  private RecordSerdes() {}

  /** Of the topic {@code audio-chunks}. */
  public static Serde<AudioChunk> audioChunks() {
    return of(new AudioChunkCodec());
  }

  /** Of the topic {@code log-mel-frames}. */
  public static Serde<LogMelFrames> logMelFrames() {
    return of(new LogMelFramesCodec());
  }

  /** Of the topic {@code digit-events}. */
  public static Serde<StreamEvent> streamEvents() {
    return of(new StreamEventCodec());
  }

  /** Of the topic {@code digit-posteriors}. */
  public static Serde<DigitPosteriors> digitPosteriors() {
    return of(new DigitPosteriorsCodec());
  }

  private static <T> Serde<T> of(RecordCodec<T> codec) {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : codec.encode(value),
        (topic, bytes) -> {
          if (bytes == null) {
            return null;
          }
          try {
            return codec.decode(bytes);
          } catch (MalformedRecordException e) {
            throw new SerializationException(topic + ": " + e.getMessage(), e);
          }
        });
  }
}
