package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.digitstream.inference.model.PictureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A classifier that learns: softmax and cross-entropy, Adam. Its parameters lie in one vector in
 * the order of the model file. It computes what {@code PictureNetwork} does, but trains several
 * times as fast as DL4J's layers. One thread; close it when done.
 */
final class ClassifierNetwork implements AutoCloseable {
  private static final double LEAST_PROBABILITY = 1e-10;

  private final PictureShape shape;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray updaterState;
  private final GradientUpdater<?> updater;
  private final Map<Integer, ClassifierPass> passes = new HashMap<>();
  private int updates;

  /**
   * A network with random weights: uniform, by the numbers of inputs and outputs (Glorot and
   * Bengio, 2010); biases are 0.
   *
   * @param encoders weights and biases of the first convolutions instead
   */
  ClassifierNetwork(PictureShape shape, double learningRate, long seed, List<float[]> encoders) {
    this.shape = shape;
    parameters = Nd4j.createFromArray(firstWeights(shape, seed, encoders));
    gradient = Nd4j.create(DataType.FLOAT, parameters.length());
    updaterState = Nd4j.create(DataType.FLOAT, 1, 2 * parameters.length());
    updater = new Adam(learningRate).instantiate(updaterState, true);
  }

  private static float[] firstWeights(PictureShape shape, long seed, List<float[]> encoders) {
    float[] weights = new float[shape.parameterCount()];
    SplittableRandom random = new SplittableRandom(seed);
    List<PictureShape.FeatureMap> maps = shape.maps();
    int at = 0;
    for (int i = 0; i < shape.convolutions().size(); i++) {
      PictureShape.Convolution layer = shape.convolutions().get(i);
      int kernel = layer.kernelBands() * layer.kernelFrames();
      int inputs = maps.get(i).channels();
      at = fill(weights, at, inputs, layer.channels(), kernel, random);
    }
    fill(weights, at, maps.get(maps.size() - 1).size(), shape.classes(), 1, random);
    at = 0;
    for (float[] encoder : encoders) {
      System.arraycopy(encoder, 0, weights, at, encoder.length);
      at += encoder.length;
    }
    return weights;
  }

  private static int fill(
      float[] weights, int from, int inputs, int outputs, int kernel, SplittableRandom random) {
    double limit = Math.sqrt(6.0 / (kernel * (inputs + outputs)));
    int count = inputs * outputs * kernel;
    for (int i = from; i < from + count; i++) {
      weights[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
    return from + count + outputs;
  }

  /** One update. */
  void fit(float[] pictures, int[] digits) {
    ClassifierPass pass = pass(digits.length);
    pass.forward(pictures);
    pass.backward(digits, gradient);
    updater.applyUpdater(gradient.reshape(1, gradient.length()), updates++, 0);
    parameters.subi(gradient);
  }

  /** The gradient of the mean cross-entropy, in the order of the parameters; for tests. */
  float[] gradient(float[] pictures, int[] digits) {
    ClassifierPass pass = pass(digits.length);
    pass.forward(pictures);
    pass.backward(digits, gradient);
    return gradient.toFloatVector();
  }

  /**
   * Probabilities of the classes.
   *
   * @param pictures one after the other
   * @return {@code [picture][class]}
   */
  float[][] classify(float[] pictures) {
    return pass(pictures.length / (shape.bands() * shape.frames())).forward(pictures);
  }

  /** The cross-entropy of a picture, in nats. */
  static double loss(float[] probabilities, int digit) {
    return -Math.log(Math.max(LEAST_PROBABILITY, probabilities[digit]));
  }

  /** The parameters; not copied. */
  INDArray parameters() {
    return parameters;
  }

  /** Weights in the order of the model file. */
  float[] weights() {
    return parameters.toFloatVector();
  }

  private ClassifierPass pass(int size) {
    return passes.computeIfAbsent(size, n -> new ClassifierPass(shape, parameters, n));
  }

  @Override
  public void close() {
    new ArrayList<>(passes.values()).forEach(ClassifierPass::close);
    parameters.close();
    gradient.close();
    updaterState.close();
  }
}
