package org.digitstream.features.kafka;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.digitstream.features.dsp.ExtractorState;

/**
 * What the store holds of a stream.
 *
 * @param specId {@code FeatureSpec.id()} of what the stream's frames are computed with
 * @param source what the audio is of, for people
 * @param ended whether the stream's end was seen
 * @param state what its next frames need; without samples once it has ended
 */
record StoredExtractor(String specId, String source, boolean ended, ExtractorState state) {
  private static final byte VERSION = 1;

  /** The bytes in the store: version, ended, next sample, two texts, and the samples. */
  byte[] encode() {
    byte[] spec = specId.getBytes(StandardCharsets.UTF_8);
    byte[] name = source.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(
            1 + 1 + 8 + 2 + spec.length + 2 + name.length + 2 * state.tail().length);
    buffer.put(VERSION).put((byte) (ended ? 1 : 0)).putLong(state.nextSample());
    buffer.putShort((short) spec.length).put(spec);
    buffer.putShort((short) name.length).put(name);
    buffer.asShortBuffer().put(state.tail());
    return buffer.array();
  }

  /** The inverse of {@link #encode}; nothing if another version of this program wrote them. */
  static Optional<StoredExtractor> decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      if (buffer.get() != VERSION) {
        return Optional.empty();
      }
      boolean ended = buffer.get() != 0;
      long nextSample = buffer.getLong();
      String specId = text(buffer);
      String source = text(buffer);
      short[] tail = new short[buffer.remaining() / 2];
      buffer.asShortBuffer().get(tail);
      return Optional.of(
          new StoredExtractor(specId, source, ended, new ExtractorState(nextSample, tail)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
