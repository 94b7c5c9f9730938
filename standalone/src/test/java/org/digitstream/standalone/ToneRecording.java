package org.digitstream.standalone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Threes and sevens for {@link ToneModel}: bursts of 300 ms, 300 ms apart, a second at the end. */
public final class ToneRecording {
  private static final int RATE = 16_000;
  private static final int BURST = RATE * 3 / 10;

  private ToneRecording() {}

  /** Samples at 16 kHz. */
  public static short[] samples(String digits) {
    short[] samples = new short[(2 * digits.length() + 1) * BURST + RATE];
    for (int i = 0; i < digits.length(); i++) {
      boolean three = digits.charAt(i) == '3';
      int from = (2 * i + 1) * BURST;
      for (int n = 0; n < BURST; n++) {
        double sum = 0;
        for (int partial = 0; partial < 24; partial++) {
          double hz = three ? 70 + 55 * partial : 1800 + 240 * partial;
          sum += Math.sin(2 * Math.PI * hz * n / RATE + partial * partial);
        }
        samples[from + n] = (short) Math.round(900 * sum);
      }
    }
    return samples;
  }

  /** Writes a WAV file. */
  public static Path write(Path file, String digits) {
    short[] samples = samples(digits);
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    try {
      AudioSystem.write(
          new AudioInputStream(
              new ByteArrayInputStream(bytes.array()),
              new AudioFormat(RATE, 16, 1, true, false),
              samples.length),
          AudioFileFormat.Type.WAVE,
          file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
