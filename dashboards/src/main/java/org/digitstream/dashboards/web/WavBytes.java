package org.digitstream.dashboards.web;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** 16-bit mono samples as a WAV file. */
final class WavBytes {
  private static final int HEADER_BYTES = 44;

  private WavBytes() {}

  static byte[] of(short[] samples, int sampleRateHz) {
    int dataBytes = 2 * samples.length;
    ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVEfmt "));
    wav.putInt(16).putShort((short) 1).putShort((short) 1);
    wav.putInt(sampleRateHz).putInt(2 * sampleRateHz).putShort((short) 2).putShort((short) 16);
    wav.put(ascii("data")).putInt(dataBytes);
    wav.asShortBuffer().put(samples);
    return wav.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
