package org.digitstream.contract.wire;

/**
 * Turns records into bytes and back. Stateless; any number of threads.
 *
 * @param <T> the type of record
 */
public interface RecordCodec<T> {
  /** The bytes of a record; {@link #decode} is the inverse. */
  byte[] encode(T value);

  /**
   * The record of some bytes.
   *
   * @throws MalformedRecordException where the bytes are no such record, saying why; nothing else
   *     is thrown whatever the bytes are
   */
  T decode(byte[] bytes) throws MalformedRecordException;
}
