package org.digitstream.runtime.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record that could not be used, as it is kept aside on {@code <topic>-dead-letters}: its bytes,
 * with headers that say why and where it came from.
 *
 * <p>A record may be as large as the broker lets in, and no room would be left for the headers, so
 * a value longer than {@value #MAX_VALUE_BYTES} bytes or a key longer than {@value #MAX_KEY_BYTES}
 * is cut, and the header {@value #CUT} says so. Where it came from is enough to find the whole.
 *
 * <p>The record's own headers are kept beside these, so that it can be sent back as it was; where
 * they are more than {@value #MAX_HEADER_BYTES} bytes none are, and {@value #HEADERS_LEFT_OUT} says
 * so. Of its headers that are named as these are, only {@value #REPLAYS} and {@value #FIRST_LETTER}
 * are kept: nobody else's word is taken for why it lies here.
 *
 * @param topic where the record was
 * @param partition where the record was
 * @param offset where the record was
 * @param key the record's key, or null; not copied
 * @param value the record's value, or null; not copied
 * @param headers the record's own headers
 * @param reason what is wrong with it
 * @param explanation what is wrong with it, for people
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as they are; never compared
public record DeadLetter(
    String topic,
    int partition,
    long offset,
    byte[] key,
    byte[] value,
    Headers headers,
    DeadLetterReason reason,
    String explanation) {

  /** What the names of all headers begin with that are written here. */
  static final String PREFIX = "dead-letter-";

  /** Header with {@link DeadLetterReason#label()}. */
  public static final String REASON = "dead-letter-reason";

  /** Header with a sentence for people. */
  public static final String EXPLANATION = "dead-letter-explanation";

  /** Header with the topic that the record was on. */
  public static final String ORIGIN_TOPIC = "dead-letter-origin-topic";

  /** Header with the partition that the record was on, in decimal digits. */
  public static final String ORIGIN_PARTITION = "dead-letter-origin-partition";

  /** Header with the offset of the record, in decimal digits. */
  public static final String ORIGIN_OFFSET = "dead-letter-origin-offset";

  /** Header with {@code key length/value length} before they were cut; absent if nothing was. */
  public static final String CUT = "dead-letter-cut-from";

  /** Header with how many bytes of the record's own headers were left out; absent if none were. */
  public static final String HEADERS_LEFT_OUT = "dead-letter-headers-left-out";

  /**
   * Header with how often a record was sent back to where it came from, in decimal digits. On the
   * record itself, and so on its next dead letter.
   */
  public static final String REPLAYS = "dead-letter-replays";

  /**
   * Header with {@code partition/offset} of the first dead letter of a record that was sent back.
   * On the record itself, and so on its next dead letter.
   */
  public static final String FIRST_LETTER = "dead-letter-first";

  /** The most bytes of the record's own headers, names and values, that are kept. */
  public static final int MAX_HEADER_BYTES = 16_384;

  /** The most bytes of a value that are kept. */
  public static final int MAX_VALUE_BYTES = 1_000_000;

  /** The most bytes of a key that are kept. */
  public static final int MAX_KEY_BYTES = 4_096;

  private static final int MAX_EXPLANATION_CHARACTERS = 500;

  /** The key to write, cut where it is too long; null where the record had none. */
  public byte[] keptKey() {
    return cut(key, MAX_KEY_BYTES);
  }

  /** The value to write, cut where it is too long; null where the record had none. */
  public byte[] keptValue() {
    return cut(value, MAX_VALUE_BYTES);
  }

  /** Adds the headers: the record's own first. */
  public void writeTo(Headers target) {
    keepOwn(target);
    add(target, REASON, reason.label());
    add(
        target,
        EXPLANATION,
        explanation.length() <= MAX_EXPLANATION_CHARACTERS
            ? explanation
            : explanation.substring(0, MAX_EXPLANATION_CHARACTERS));
    add(target, ORIGIN_TOPIC, topic);
    add(target, ORIGIN_PARTITION, Integer.toString(partition));
    add(target, ORIGIN_OFFSET, Long.toString(offset));
    int keyLength = key == null ? 0 : key.length;
    int valueLength = value == null ? 0 : value.length;
    if (keyLength > MAX_KEY_BYTES || valueLength > MAX_VALUE_BYTES) {
      add(target, CUT, keyLength + "/" + valueLength);
    }
  }

  private void keepOwn(Headers target) {
    List<Header> own = new ArrayList<>();
    long bytes = 0;
    for (Header header : headers) {
      String name = header.key();
      if (!name.startsWith(PREFIX) || name.equals(REPLAYS) || name.equals(FIRST_LETTER)) {
        // No character has more than three bytes in UTF-8 for each char of Java's.
        bytes += 3L * name.length() + (header.value() == null ? 0 : header.value().length);
        own.add(header);
      }
    }
    if (bytes <= MAX_HEADER_BYTES) {
      own.forEach(target::add);
    } else {
      add(target, HEADERS_LEFT_OUT, Long.toString(bytes));
    }
  }

  /** Where the record was and why it was put aside, in one line. */
  public String describe() {
    return topic
        + "-"
        + partition
        + " offset "
        + offset
        + ": "
        + reason.label()
        + ": "
        + explanation;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] cut(byte[] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }
}
