package org.digitstream.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.PictureShape.Convolution;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.inference.model.dl4j.PictureNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ClassifierNetworkTest {
  // The second kernel leaves a row of its input out, the first covers its own.
  private static final PictureShape SHAPE =
      new PictureShape(
          8, 10, List.of(Convolution.square(4, 2, 3), new Convolution(2, 3, 2, 1, 4)), 10);
  private static final int[] DIGITS = {3, 0, 9};

  @BeforeEach
  void oneThread() {
    Dl4jRuntime.prepareThread();
  }

  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    float[] pictures = pictures(3);
    try (ClassifierNetwork network = new ClassifierNetwork(SHAPE, 1e-3, 5, List.of())) {
      float[] gradient = network.gradient(pictures, DIGITS);
      double step = 2e-3;
      for (int i = 0; i < gradient.length; i++) {
        float value = network.parameters().getFloat(i);
        network.parameters().putScalar(i, value + step);
        double above = loss(network, pictures);
        network.parameters().putScalar(i, value - step);
        double below = loss(network, pictures);
        network.parameters().putScalar(i, value);
        assertThat((above - below) / (2 * step))
            .as("parameter %d", i)
            .isCloseTo(gradient[i], within(3e-3));
      }
    }
  }

  private static double loss(ClassifierNetwork network, float[] pictures) {
    float[][] probabilities = network.classify(pictures);
    double loss = 0;
    for (int i = 0; i < DIGITS.length; i++) {
      loss += ClassifierNetwork.loss(probabilities[i], DIGITS[i]) / DIGITS.length;
    }
    return loss;
  }

  @Test
  void theStreamsEngineSaysWhatTheLearningNetworkSays() {
    float[] pictures = pictures(3);
    try (ClassifierNetwork network = new ClassifierNetwork(SHAPE, 1e-2, 5, List.of())) {
      for (int i = 0; i < 20; i++) {
        network.fit(pictures, DIGITS);
      }
      float[][] learned = network.classify(pictures);
      INDArray streamed =
          PictureNetwork.of(SHAPE, network.weights())
              .output(Nd4j.create(pictures, new long[] {3, 1, 8, 10}, 'c'));
      for (int i = 0; i < DIGITS.length; i++) {
        for (int c = 0; c < SHAPE.classes(); c++) {
          assertThat(streamed.getFloat(i, c)).isCloseTo(learned[i][c], within(1e-5f));
        }
      }
    }
  }

  @Test
  void itLearnsWhatItIsTaught() {
    float[] pictures = pictures(3);
    try (ClassifierNetwork network = new ClassifierNetwork(SHAPE, 1e-2, 5, List.of())) {
      double before = loss(network, pictures);
      for (int i = 0; i < 150; i++) {
        network.fit(pictures, DIGITS);
      }
      assertThat(loss(network, pictures)).isLessThan(before / 10);
    }
  }

  @Test
  void aPretrainedStartCopiesTheEncodersAndNothingElse() {
    float[] encoder = new float[3 * (16 + 1)];
    Arrays.fill(encoder, 0.25f);
    try (ClassifierNetwork random = new ClassifierNetwork(SHAPE, 1e-3, 5, List.of());
        ClassifierNetwork pretrained = new ClassifierNetwork(SHAPE, 1e-3, 5, List.of(encoder))) {
      float[] weights = pretrained.weights();
      assertThat(Arrays.copyOf(weights, encoder.length)).isEqualTo(encoder);
      assertThat(Arrays.copyOfRange(weights, encoder.length, weights.length))
          .isEqualTo(Arrays.copyOfRange(random.weights(), encoder.length, weights.length));
    }
  }

  static float[] pictures(int count) {
    SplittableRandom random = new SplittableRandom(7);
    float[] pictures = new float[count * 80];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (float) random.nextDouble();
    }
    return pictures;
  }
}
