package org.digitstream.inference.kafka;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the store of cursors holds of a stream.
 *
 * @param modelId model and engine that the stream is recognized by
 * @param source what the audio is of, for people
 * @param ended whether the stream's end was seen
 * @param cursor {@code StreamRecognizer.cursor()}; empty once the stream has ended
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
record StoredCursor(String modelId, String source, boolean ended, byte[] cursor) {
  private static final byte VERSION = 1;

  /** The bytes in the store: version, ended, two texts, and the cursor. */
  byte[] encode() {
    byte[] model = modelId.getBytes(StandardCharsets.UTF_8);
    byte[] name = source.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + 1 + 2 + model.length + 2 + name.length + cursor.length)
        .put(VERSION)
        .put((byte) (ended ? 1 : 0))
        .putShort((short) model.length)
        .put(model)
        .putShort((short) name.length)
        .put(name)
        .put(cursor)
        .array();
  }

  /** The inverse of {@link #encode}; nothing if another version of this program wrote them. */
  static Optional<StoredCursor> decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      if (buffer.get() != VERSION) {
        return Optional.empty();
      }
      boolean ended = buffer.get() != 0;
      String modelId = text(buffer);
      String source = text(buffer);
      byte[] cursor = new byte[buffer.remaining()];
      buffer.get(cursor);
      return Optional.of(new StoredCursor(modelId, source, ended, cursor));
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
