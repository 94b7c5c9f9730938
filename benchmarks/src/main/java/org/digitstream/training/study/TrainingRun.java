package org.digitstream.training.study;

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
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;

/**
 * Our half of the comparison of trainings: the study's classifier of three convolutions on pictures
 * of 64 by 64 from a file, and prints JSON. Called by {@code benchmarks/side-by-side}.
 */
public final class TrainingRun {
  private static final int SIDE = 64;
  private static final int LAYERS = 3;
  private static final long SEED = 1;

  private TrainingRun() {}

  /**
   * Runs.
   *
   * @param arguments pictures as 32-bit little-endian floats; their digits, a byte each; how many
   *     epochs
   */
  public static void main(String[] arguments) throws IOException {
    byte[] digits = Files.readAllBytes(Path.of(arguments[1]));
    float[] pictures = new float[digits.length * SIDE * SIDE];
    ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[0])))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(pictures);
    int epochs = Integer.parseInt(arguments[2]);
    StudySettings settings = StudySettings.STUDY;
    PictureShape shape = settings.shape(SIDE, SIDE, LAYERS);
    Dl4jRuntime.prepareThread();
    List<Double> seconds = new ArrayList<>();
    try (ClassifierNetwork network =
        new ClassifierNetwork(shape, settings.learningRate(), SEED, List.of())) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        long start = System.nanoTime();
        for (int from = 0; from < digits.length; from += settings.batch()) {
          int to = Math.min(digits.length, from + settings.batch());
          network.fit(
              Arrays.copyOfRange(pictures, from * SIDE * SIDE, to * SIDE * SIDE),
              digits(digits, from, to));
        }
        seconds.add((System.nanoTime() - start) / 1e9);
      }
      System.out.println(
          JsonMapper.builder()
              .build()
              .writeValueAsString(
                  Map.of(
                      "seconds", seconds,
                      "samples", digits.length,
                      "batch", settings.batch(),
                      "parameters", shape.parameterCount(),
                      "loss", loss(network, pictures, digits, settings.batch()))));
    }
  }

  private static int[] digits(byte[] digits, int from, int to) {
    int[] some = new int[to - from];
    for (int i = from; i < to; i++) {
      some[i - from] = digits[i];
    }
    return some;
  }

  private static double loss(
      ClassifierNetwork network, float[] pictures, byte[] digits, int batch) {
    double sum = 0;
    for (int from = 0; from < digits.length; from += batch) {
      int to = Math.min(digits.length, from + batch);
      float[][] probabilities =
          network.classify(Arrays.copyOfRange(pictures, from * SIDE * SIDE, to * SIDE * SIDE));
      for (int i = from; i < to; i++) {
        sum += ClassifierNetwork.loss(probabilities[i - from], digits[i]);
      }
    }
    return sum / digits.length;
  }
}
