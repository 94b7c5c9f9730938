package org.digitstream.training.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files of 16-bit mono PCM. */
public final class MonoWav {
  private static final int HEADER_BYTES = 44;

  private MonoWav() {}

  /**
   * The bytes of a file.
   *
   * @param samples 16-bit mono
   * @param sampleRateHz of the samples
   */
  public static byte[] bytes(short[] samples, int sampleRateHz) {
    int data = 2 * samples.length;
    ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + data).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + data).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    wav.putInt(sampleRateHz).putInt(2 * sampleRateHz).putShort((short) 2).putShort((short) 16);
    wav.put(ascii("data")).putInt(data);
    wav.asShortBuffer().put(samples);
    return wav.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
