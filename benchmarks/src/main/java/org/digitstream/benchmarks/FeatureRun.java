package org.digitstream.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.LogMelExtractor;

/**
 * Our half of the comparison of features: extracts them in chunks of 200 ms, several rounds, and
 * prints JSON. Called by {@code benchmarks/side-by-side}.
 */
public final class FeatureRun {
  private static final int CHUNK_MILLIS = 200;

  private FeatureRun() {}

  /**
   * Runs.
   *
   * @param arguments samples as 16-bit little-endian integers; the preset; where the values go, as
   *     32-bit little-endian floats; how many rounds
   */
  public static void main(String[] arguments) throws IOException {
    short[] samples = samples(Path.of(arguments[0]));
    FeatureSpec spec = FeatureSpec.preset(arguments[1]);
    write(LogMelExtractor.extract(spec, samples), Path.of(arguments[2]));
    int rounds = Integer.parseInt(arguments[3]);
    short[][] chunks = chunks(samples, spec.sampleRateHz() * CHUNK_MILLIS / 1000);
    List<Double> seconds = new ArrayList<>();
    double sum = 0;
    // The first round is for the compiler.
    for (int round = 0; round <= rounds; round++) {
      LogMelExtractor extractor = new LogMelExtractor(spec);
      long start = System.nanoTime();
      for (short[] chunk : chunks) {
        float[] values = extractor.accept(extractor.nextSample(), chunk).values();
        sum += values.length == 0 ? 0 : values[0];
      }
      if (round > 0) {
        seconds.add((System.nanoTime() - start) / 1e9);
      }
    }
    double audioSeconds = (double) chunks.length * CHUNK_MILLIS / 1000;
    System.out.println(
        JsonMapper.builder()
            .build()
            .writeValueAsString(
                Map.of("seconds", seconds, "audioSeconds", audioSeconds, "checksum", sum)));
  }

  private static short[] samples(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  private static short[][] chunks(short[] samples, int length) {
    short[][] chunks = new short[samples.length / length][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Arrays.copyOfRange(samples, i * length, (i + 1) * length);
    }
    return chunks;
  }

  private static void write(float[] values, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }
}
