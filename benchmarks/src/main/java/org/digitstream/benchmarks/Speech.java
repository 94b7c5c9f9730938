package org.digitstream.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.digitstream.ingest.source.WavReader;

/**
 * A recording of digits that comes with the program: what is spoken decides what a spotter does.
 */
public final class Speech {
  private static final String RECORDING = "/recordings/demo.wav";

  private Speech() {}

  /** Its samples at a rate. */
  public static short[] samples(int sampleRateHz) {
    try (InputStream in = Speech.class.getResourceAsStream(RECORDING)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + RECORDING + " on the class path");
      }
      return WavReader.readMono(Path.of("demo.wav"), in.readAllBytes(), sampleRateHz);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
