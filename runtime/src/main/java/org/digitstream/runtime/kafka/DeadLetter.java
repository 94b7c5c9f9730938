package org.digitstream.runtime.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;

/**
 * A record that could not be used, as it is kept aside on {@code <topic>-dead-letters}: its bytes,
 * with headers that say why and where it came from.
 *
 * <p>A record may be as large as the broker lets in, and no room would be left for the headers, so
 * a value longer than {@value #MAX_VALUE_BYTES} bytes or a key longer than {@value #MAX_KEY_BYTES}
 * is cut, and the header {@value #CUT} says so. Where it came from is enough to find the whole.
 *
 * @param topic where the record was
 * @param partition where the record was
 * @param offset where the record was
 * @param key the record's key, or null; not copied
 * @param value the record's value, or null; not copied
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
    DeadLetterReason reason,
    String explanation) {

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

  /** Adds the headers. */
  public void writeTo(Headers headers) {
    add(headers, REASON, reason.label());
    add(
        headers,
        EXPLANATION,
        explanation.length() <= MAX_EXPLANATION_CHARACTERS
            ? explanation
            : explanation.substring(0, MAX_EXPLANATION_CHARACTERS));
    add(headers, ORIGIN_TOPIC, topic);
    add(headers, ORIGIN_PARTITION, Integer.toString(partition));
    add(headers, ORIGIN_OFFSET, Long.toString(offset));
    int keyLength = key == null ? 0 : key.length;
    int valueLength = value == null ? 0 : value.length;
    if (keyLength > MAX_KEY_BYTES || valueLength > MAX_VALUE_BYTES) {
      add(headers, CUT, keyLength + "/" + valueLength);
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
