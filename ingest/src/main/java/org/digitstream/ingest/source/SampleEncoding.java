package org.digitstream.ingest.source;

import java.nio.ByteBuffer;

/**
 * How a WAV file writes a sample. Every encoding is decoded to a float of full scale 1: integers
 * are divided by half their range, so that 16-bit samples survive the way there and back exactly.
 */
public enum SampleEncoding {
  /** Unsigned, 128 is silence. */
  PCM_8(1, "8-bit PCM"),
  /** Signed. */
  PCM_16(2, "16-bit PCM"),
  /** Signed. */
  PCM_24(3, "24-bit PCM"),
  /** Signed. */
  PCM_32(4, "32-bit PCM"),
  /** IEEE 754, full scale 1; what is not a finite number is silence. */
  FLOAT_32(4, "32-bit float"),
  /** ITU-T G.711 A-law. */
  A_LAW(1, "A-law"),
  /** ITU-T G.711 µ-law. */
  MU_LAW(1, "µ-law");

  private static final float[] A_LAW_VALUES = new float[256];
  private static final float[] MU_LAW_VALUES = new float[256];

  static {
    for (int code = 0; code < 256; code++) {
      A_LAW_VALUES[code] = aLaw(code) / 32768f;
      MU_LAW_VALUES[code] = muLaw(code) / 32768f;
    }
  }

  private final int bytes;
  private final String description;

  SampleEncoding(int bytes, String description) {
    this.bytes = bytes;
    this.description = description;
  }

  /** Bytes per sample of one channel. */
  public int bytes() {
    return bytes;
  }

  /** For people, such as {@code 16-bit PCM}. */
  public String description() {
    return description;
  }

  /** The sample at an index of a little-endian buffer. */
  float decode(ByteBuffer littleEndian, int index) {
    return switch (this) {
      case PCM_8 -> ((littleEndian.get(index) & 0xff) - 128) / 128f;
      case PCM_16 -> littleEndian.getShort(index) / 32768f;
      case PCM_24 ->
          ((littleEndian.get(index) & 0xff)
                  | (littleEndian.get(index + 1) & 0xff) << 8
                  | littleEndian.get(index + 2) << 16)
              / 0x1p23f;
      case PCM_32 -> littleEndian.getInt(index) / 0x1p31f;
      case FLOAT_32 -> {
        float value = littleEndian.getFloat(index);
        yield Float.isFinite(value) ? value : 0;
      }
      case A_LAW -> A_LAW_VALUES[littleEndian.get(index) & 0xff];
      case MU_LAW -> MU_LAW_VALUES[littleEndian.get(index) & 0xff];
    };
  }

  private static int aLaw(int code) {
    int bits = code ^ 0x55;
    int segment = (bits & 0x70) >> 4;
    int magnitude = ((bits & 0x0f) << 4) + 8;
    if (segment > 0) {
      magnitude = (magnitude + 0x100) << (segment - 1);
    }
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }

  private static int muLaw(int code) {
    int bits = ~code & 0xff;
    int magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }
}
