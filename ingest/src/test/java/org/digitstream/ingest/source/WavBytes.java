package org.digitstream.ingest.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files written byte by byte, right or wrong as a test wants them. */
final class WavBytes {
  private int tag = 1;
  private int channels = 1;
  private int sampleRateHz = 16_000;
  private int bits = 16;
  private boolean extensible;
  private Long riffSize;
  private Long dataSize;
  private byte[] data = new byte[0];
  private byte[] before = new byte[0];
  private byte[] after = new byte[0];

  WavBytes format(int tag, int bits) {
    this.tag = tag;
    this.bits = bits;
    return this;
  }

  WavBytes channels(int channels) {
    this.channels = channels;
    return this;
  }

  WavBytes sampleRateHz(int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
    return this;
  }

  WavBytes extensible() {
    this.extensible = true;
    return this;
  }

  /** Claims sizes of its own instead of the true ones. */
  WavBytes claiming(long riffSize, long dataSize) {
    this.riffSize = riffSize;
    this.dataSize = dataSize;
    return this;
  }

  WavBytes data(byte[] data) {
    this.data = data;
    return this;
  }

  WavBytes pcm16(short... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return data(bytes.array());
  }

  /** Chunks between the format and the samples. */
  WavBytes before(byte[] chunks) {
    this.before = chunks;
    return this;
  }

  /** Chunks after the samples. */
  WavBytes after(byte[] chunks) {
    this.after = chunks;
    return this;
  }

  static byte[] chunk(String tag, byte[] content) {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(tag.getBytes(StandardCharsets.US_ASCII)).putInt(content.length).put(content);
    return bytes.array();
  }

  byte[] toBytes() {
    byte[] format = formatChunk();
    int body = 4 + format.length + before.length + 8 + data.length + after.length;
    ByteBuffer bytes = ByteBuffer.allocate(8 + body).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(ascii("RIFF")).putInt((int) (riffSize == null ? body : riffSize));
    bytes.put(ascii("WAVE")).put(format).put(before);
    bytes.put(ascii("data")).putInt((int) (dataSize == null ? data.length : dataSize));
    bytes.put(data).put(after);
    return bytes.array();
  }

  private byte[] formatChunk() {
    ByteBuffer fields = ByteBuffer.allocate(extensible ? 40 : 16).order(ByteOrder.LITTLE_ENDIAN);
    int frameBytes = channels * bits / 8;
    fields.putShort((short) (extensible ? 0xfffe : tag)).putShort((short) channels);
    fields.putInt(sampleRateHz).putInt(sampleRateHz * frameBytes);
    fields.putShort((short) frameBytes).putShort((short) bits);
    if (extensible) {
      fields.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) tag);
      fields.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38});
      fields.put(new byte[] {(byte) 0x9b, 0x71});
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(chunk("fmt ", fields.array()));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
