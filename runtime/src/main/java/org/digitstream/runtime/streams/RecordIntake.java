package org.digitstream.runtime.streams;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.runtime.kafka.DeadLetter;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.digitstream.runtime.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door that a processor's records come in by: turns bytes into a record, or puts them aside.
 *
 * <p>A topology reads bytes, not records, so that what cannot be read is a value to deal with and
 * not an exception in a poll loop. What is put aside is forwarded to {@link
 * RecordTopology#DEAD_LETTERS}, within the transaction that its offset is part of, and counted. The
 * log gets a line at the 1st, 2nd, 4th, 8th ... of them.
 *
 * <p>Single-threaded, as its processor is.
 *
 * @param <T> the type of record
 */
public final class RecordIntake<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RecordIntake.class);

  /**
   * Why a well-formed record cannot be used here.
   *
   * @param reason the kind of reason
   * @param explanation a sentence for people, with both values that disagree
   */
  public record Objection(DeadLetterReason reason, String explanation) {}

  /** Bytes that are set aside; never leaves this class. */
  private static final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;
    private final DeadLetterReason reason;

    Rejected(DeadLetterReason reason, String explanation) {
      super(explanation, null, false, false);
      this.reason = reason;
    }
  }

  private final RecordCodec<T> codec;
  private final Function<T, String> streamId;
  private final Function<T, Optional<Objection>> objection;
  private final Meters meters;
  private final ProcessorContext<byte[], byte[]> context;
  private long rejected;

  /**
   * A door for one processor.
   *
   * @param codec reads the bytes
   * @param streamId the stream id within a record, which its key must be
   * @param objection why a well-formed record cannot be used, or nothing
   * @param meters counts what is put aside
   * @param context the context of a processor in a {@link RecordTopology}
   */
  public RecordIntake(
      RecordCodec<T> codec,
      Function<T, String> streamId,
      Function<T, Optional<Objection>> objection,
      Meters meters,
      ProcessorContext<byte[], byte[]> context) {
    this.codec = codec;
    this.streamId = streamId;
    this.objection = objection;
    this.meters = meters;
    this.context = context;
  }

  /** The record, or nothing after its bytes were put aside. */
  public Optional<T> read(Record<byte[], byte[]> record) {
    try {
      return Optional.of(admit(record));
    } catch (Rejected e) {
      putAside(record, e.reason, e.getMessage());
      return Optional.empty();
    }
  }

  private T admit(Record<byte[], byte[]> record) throws Rejected {
    if (record.value() == null) {
      throw new Rejected(DeadLetterReason.NO_VALUE, "the record has no value");
    }
    if (record.key() == null) {
      throw new Rejected(DeadLetterReason.NO_KEY, "the record has no key, which is the stream id");
    }
    T value;
    try {
      value = codec.decode(record.value());
    } catch (MalformedRecordException e) {
      throw new Rejected(DeadLetterReason.MALFORMED, e.getMessage());
    }
    String id = streamId.apply(value);
    if (!Arrays.equals(id.getBytes(StandardCharsets.UTF_8), record.key())) {
      throw new Rejected(
          DeadLetterReason.KEY_MISMATCH,
          "the key is not the record's stream id '" + id + "', so the stream's order is not kept");
    }
    Optional<Objection> objected = objection.apply(value);
    if (objected.isPresent()) {
      throw new Rejected(objected.get().reason(), objected.get().explanation());
    }
    return value;
  }

  private void putAside(Record<byte[], byte[]> record, DeadLetterReason reason, String why) {
    // Present: a record that is being processed came from somewhere.
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    DeadLetter letter =
        new DeadLetter(
            origin.topic(),
            origin.partition(),
            origin.offset(),
            record.key(),
            record.value(),
            record.headers(),
            reason,
            why);
    RecordHeaders headers = new RecordHeaders();
    letter.writeTo(headers);
    context.forward(
        new Record<>(letter.keptKey(), letter.keptValue(), record.timestamp(), headers),
        RecordTopology.DEAD_LETTERS);
    meters.deadLetter(origin.topic(), reason);
    rejected++;
    if (Long.bitCount(rejected) == 1) {
      LOG.warn("put aside record {} so far: {}", rejected, letter.describe());
    }
  }
}
