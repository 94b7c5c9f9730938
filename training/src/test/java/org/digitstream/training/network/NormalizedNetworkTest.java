package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.inference.model.dl4j.PictureNetwork;
import org.digitstream.inference.model.dl4j.TemporalNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;

class NormalizedNetworkTest {
  private static final int BANDS = 6;
  private static final int CLASSES = 11;
  private static final int OUTPUTS = 12;
  private static final int EXAMPLES = 3;
  private static final TemporalShape SHAPE =
      new TemporalShape(
          BANDS,
          List.of(new Convolution(5, 2, 6), new Convolution(3, 1, 4), new Convolution(1, 1, 4)),
          CLASSES);
  private static final PictureShape PICTURES =
      new PictureShape(
          12,
          16,
          List.of(
              new PictureShape.Convolution(3, 5, 2, 1, 6),
              new PictureShape.Convolution(3, 3, 1, 2, 4)),
          CLASSES);
  private static final TemporalShape WITH_FRONT_END =
      new TemporalShape(
          BANDS,
          List.of(
              new PictureShape.Convolution(3, 5, 1, 2, 5),
              new PictureShape.Convolution(2, 3, 2, 1, 4)),
          List.of(new Convolution(3, 1, 4), new Convolution(1, 1, 4)),
          CLASSES);
  private static final int FRAMES = SHAPE.inputFrames(OUTPUTS);

  private final SplittableRandom random = new SplittableRandom(4);
  private INDArray input;
  private INDArray labels;
  private INDArray mask;

  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepareThread();
  }

  private DataSet someData() {
    return someData(FRAMES);
  }

  private DataSet someData(int frames) {
    input = Nd4j.create(EXAMPLES, BANDS, frames);
    for (long i = 0; i < input.length(); i++) {
      input.putScalar(i, random.nextDouble() * 2 - 1);
    }
    labels = Nd4j.zeros(EXAMPLES, CLASSES, OUTPUTS);
    mask = Nd4j.ones(EXAMPLES, OUTPUTS);
    mask.putScalar(0, 2, 0);
    for (int example = 0; example < EXAMPLES; example++) {
      for (int output = 0; output < OUTPUTS; output++) {
        labels.putScalar(new int[] {example, random.nextInt(CLASSES), output}, 1);
      }
    }
    return new DataSet(input, labels, null, mask);
  }

  private DataSet somePictures() {
    input = Nd4j.create(EXAMPLES, 1, 12, 16);
    for (long i = 0; i < input.length(); i++) {
      input.putScalar(i, random.nextDouble() * 2 - 1);
    }
    labels = Nd4j.zeros(EXAMPLES, CLASSES);
    mask = null;
    for (int example = 0; example < EXAMPLES; example++) {
      labels.putScalar(example, random.nextInt(CLASSES), 1);
    }
    return new DataSet(input, labels);
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    someData();
    MultiLayerNetwork network = NormalizedNetwork.initialized(SHAPE, FRAMES, 1, new NoOp(), 0);
    network.setInput(input);
    network.setLabels(labels);
    network.setLayerMaskArrays(null, mask);
    network.computeGradientAndScore();
    // DL4J divides the gradient by the number of examples only when it updates the weights.
    INDArray gradient = network.gradient().gradient().div(EXAMPLES);

    // The first convolution's filters come first: they feel every later layer.
    requireDerivatives(network, gradient, 6 * 5 * BANDS);
  }

  @Test
  void gradientsThroughAFrontEndAreThoseOfFiniteDifferences() {
    int frames = WITH_FRONT_END.inputFrames(OUTPUTS);
    someData(frames);
    MultiLayerNetwork network =
        NormalizedNetwork.initialized(WITH_FRONT_END, frames, 1, new NoOp(), 0);
    network.setInput(input);
    network.setLabels(labels);
    network.setLayerMaskArrays(null, mask);
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().gradient().div(EXAMPLES);

    requireDerivatives(network, gradient, 5 * 3 * 5);
  }

  @Test
  void gradientsOfPicturesAreThoseOfFiniteDifferences() {
    somePictures();
    MultiLayerNetwork network = NormalizedNetwork.initialized(PICTURES, 16, 1, new NoOp(), 0);
    network.setInput(input);
    network.setLabels(labels);
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().gradient().div(EXAMPLES);

    requireDerivatives(network, gradient, 6 * 3 * 5);
  }

  /** The gradient of the first parameters is what a small step shows. */
  private void requireDerivatives(MultiLayerNetwork network, INDArray gradient, int parameters) {
    float step = 1e-3f;
    List<Double> ratios = new ArrayList<>();
    for (long i = 0; i < parameters; i++) {
      float original = network.params().getFloat(i);
      double above = scoreWith(network, i, original + step);
      double below = scoreWith(network, i, original - step);
      network.params().putScalar(i, original);
      double difference = (above - below) / (2 * step);
      if (Math.abs(difference) > 0.2) {
        ratios.add(gradient.getDouble(i) / difference);
      }
    }
    // Where a step carries a rectifier over its kink, the difference is no derivative: not all
    // agree.
    Collections.sort(ratios);
    int count = ratios.size();
    assertThat(count).isGreaterThan(parameters / 5);
    assertThat(ratios.get(count / 2)).isCloseTo(1, within(0.01));
    assertThat(ratios.get(count / 5)).isGreaterThan(0.9);
    assertThat(ratios.get(count - 1 - count / 5)).isLessThan(1.1);
  }

  private double scoreWith(MultiLayerNetwork network, long parameter, float value) {
    network.params().putScalar(parameter, value);
    network.setInput(input);
    network.setLabels(labels);
    network.setLayerMaskArrays(null, mask);
    network.computeGradientAndScore();
    return network.score();
  }

  @Test
  void thePlainNetworkComputesWhatTheNormalizedOneDoes() {
    DataSet data = someData();
    MultiLayerNetwork network = NormalizedNetwork.initialized(SHAPE, FRAMES, 1, new Adam(0.01), 0);
    for (int i = 0; i < 30; i++) {
      network.fit(data);
    }

    MultiLayerNetwork plain = TemporalNetwork.of(SHAPE, NormalizedNetwork.weights(network, SHAPE));
    INDArray expected = network.output(input);
    INDArray actual = plain.output(input);

    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (long i = 0; i < expected.length(); i++) {
      assertThat(actual.getDouble(i)).isCloseTo(expected.getDouble(i), within(1e-4));
    }
  }

  @Test
  void thePlainNetworkWithAFrontEndComputesWhatTheNormalizedOneDoes() {
    int frames = WITH_FRONT_END.inputFrames(OUTPUTS);
    DataSet data = someData(frames);
    MultiLayerNetwork network =
        NormalizedNetwork.initialized(WITH_FRONT_END, frames, 1, new Adam(0.01), 0);
    for (int i = 0; i < 30; i++) {
      network.fit(data);
    }

    float[] weights = NormalizedNetwork.weights(network, WITH_FRONT_END);
    MultiLayerNetwork plain = TemporalNetwork.of(WITH_FRONT_END, weights);
    INDArray expected = network.output(input);
    INDArray actual = plain.output(input);

    assertThat(TemporalNetwork.weights(plain)).isEqualTo(weights);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (long i = 0; i < expected.length(); i++) {
      assertThat(actual.getDouble(i)).isCloseTo(expected.getDouble(i), within(1e-4));
    }
  }

  @Test
  void aPlainNetworkOfPicturesComputesWhatTheNormalizedOneDoes() {
    DataSet data = somePictures();
    MultiLayerNetwork network = NormalizedNetwork.initialized(PICTURES, 16, 1, new Adam(0.01), 0);
    for (int i = 0; i < 30; i++) {
      network.fit(data);
    }

    INDArray expected = network.output(input);
    INDArray actual =
        PictureNetwork.of(PICTURES, NormalizedNetwork.weights(network, PICTURES)).output(input);

    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (long i = 0; i < expected.length(); i++) {
      assertThat(actual.getDouble(i)).isCloseTo(expected.getDouble(i), within(1e-4));
    }
  }
}
