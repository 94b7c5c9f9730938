package org.digitstream.runtime.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.digitstream.contract.Topics;

/**
 * A dead letter as it lies on its topic. Anybody may have written it: whatever its headers hold, it
 * can be read, and what they do not tell is unknown.
 *
 * @param topic the topic of dead letters
 * @param partition where it lies there
 * @param offset where it lies there
 * @param timeMillis when it was put there, in milliseconds since 1970 UTC
 * @param key the record's key, or null; not copied
 * @param value the record's value, or null; not copied
 * @param headers all headers
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as they are; never compared
public record KeptDeadLetter(
    String topic,
    int partition,
    long offset,
    long timeMillis,
    byte[] key,
    byte[] value,
    Headers headers) {
  /** What a header that is missing is told as. */
  public static final String UNKNOWN = "unknown";

  /** More than any honest count: what says so is not believed to be one. */
  private static final long MAX_REPLAYS = 1_000_000;

  /** Of a record on a topic of dead letters. */
  public static KeptDeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new KeptDeadLetter(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  /** {@link DeadLetterReason#label()}, or another text where something else wrote it. */
  public String reason() {
    return text(DeadLetter.REASON).orElse(UNKNOWN);
  }

  /** What is wrong with the record, for people; perhaps empty. */
  public String explanation() {
    return text(DeadLetter.EXPLANATION).orElse("");
  }

  /** The topic that the record was on, as its header says. */
  public String originTopic() {
    return text(DeadLetter.ORIGIN_TOPIC).orElse(UNKNOWN);
  }

  /** The partition that the record was on; -1 where that is unknown. */
  public int originPartition() {
    return (int) number(DeadLetter.ORIGIN_PARTITION, Integer.MAX_VALUE).orElse(-1L).longValue();
  }

  /** The offset of the record; -1 where that is unknown. */
  public long originOffset() {
    return number(DeadLetter.ORIGIN_OFFSET, Long.MAX_VALUE).orElse(-1L);
  }

  /** How often the record was sent back before. */
  public long replays() {
    return number(DeadLetter.REPLAYS, MAX_REPLAYS).orElse(0L);
  }

  /** {@code partition/offset} of the first dead letter of the same record, where it is another. */
  public Optional<String> firstLetter() {
    return text(DeadLetter.FIRST_LETTER).filter(first -> !first.equals(place()));
  }

  /** {@code partition/offset} of this letter. */
  public String place() {
    return partition + "/" + offset;
  }

  /** Why the record cannot be sent back as it was; nothing where it can. */
  public Optional<String> obstacle() {
    if (text(DeadLetter.CUT).isPresent() || text(DeadLetter.HEADERS_LEFT_OUT).isPresent()) {
      return Optional.of("it was too large to be kept whole");
    }
    if (!topic.equals(Topics.deadLettersOf(originTopic()))) {
      return Optional.of(
          "it does not say that it comes from the topic whose dead letters are here");
    }
    if (originPartition() < 0) {
      return Optional.of("it does not say which partition it comes from");
    }
    return Optional.empty();
  }

  /**
   * The record as it was, for where it was, with one more replay in its headers. Only where there
   * is no {@link #obstacle}.
   */
  public ProducerRecord<byte[], byte[]> replayed() {
    RecordHeaders own = new RecordHeaders();
    for (Header header : headers) {
      if (!header.key().startsWith(DeadLetter.PREFIX)) {
        own.add(header);
      }
    }
    own.add(DeadLetter.REPLAYS, Long.toString(replays() + 1).getBytes(StandardCharsets.US_ASCII));
    own.add(
        DeadLetter.FIRST_LETTER, firstLetter().orElse(place()).getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(originTopic(), originPartition(), null, key, value, own);
  }

  private Optional<Long> number(String name, long most) {
    return text(name)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .filter(value -> value <= most);
  }

  private Optional<String> text(String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
