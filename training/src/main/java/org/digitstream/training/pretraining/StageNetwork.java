package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.digitstream.inference.model.PictureShape.FeatureMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/** The network that learns one layer: fixed encoders, the layer, fixed decoders. One thread. */
final class StageNetwork implements AutoCloseable {
  private static final int EVALUATION_BATCH = 30;

  private final EncoderStack stack;
  private final PretrainingSettings settings;
  private final SplittableRandom random;
  private final List<CodecLayer> earlier = new ArrayList<>();
  private final CodecLayer learning;
  private final INDArray gradient;
  private final INDArray updaterState;
  private final GradientUpdater<?> updater;
  private final Map<Integer, StagePass> passes = new HashMap<>();
  private int updates;

  StageNetwork(
      EncoderStack stack,
      List<Stage> stages,
      PretrainingSettings settings,
      SplittableRandom random) {
    this.stack = stack;
    this.settings = settings;
    this.random = random;
    for (int i = 0; i < stages.size(); i++) {
      earlier.add(
          new CodecLayer(stack, i, joined(stages.get(i).encoder(), stages.get(i).decoder())));
    }
    int index = stages.size();
    learning = new CodecLayer(stack, index, firstWeights(stack, index, random));
    long parameters = learning.parameters().length();
    gradient = Nd4j.create(DataType.FLOAT, parameters);
    updaterState = Nd4j.create(DataType.FLOAT, 1, 2 * parameters);
    updater = new Adam(settings.learningRate()).instantiate(updaterState, true);
  }

  /** Uniform, by the numbers of inputs and outputs (Glorot and Bengio, 2010); biases are 0. */
  private static float[] firstWeights(EncoderStack stack, int layer, SplittableRandom random) {
    FeatureMap large = stack.maps().get(layer);
    FeatureMap small = stack.maps().get(layer + 1);
    float[] values = new float[stack.encoderParameters(layer) + stack.decoderParameters(layer)];
    int encoder = stack.encoderParameters(layer) - small.channels();
    int decoder = stack.decoderParameters(layer) - large.channels();
    fill(values, 0, encoder, small.channels(), large.channels(), random);
    fill(
        values,
        stack.encoderParameters(layer),
        decoder,
        small.channels(),
        large.channels(),
        random);
    return values;
  }

  private static void fill(
      float[] values, int from, int count, int inputs, int outputs, SplittableRandom random) {
    double kernel = (double) count / inputs / outputs;
    double limit = Math.sqrt(6 / (kernel * (inputs + outputs)));
    for (int i = from; i < from + count; i++) {
      values[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
  }

  /** One update; returns the loss before it. */
  double fit(float[] examples, int size) {
    StagePass pass = pass(size);
    double loss =
        pass.forward(
            examples, settings.corruption().isActive() ? this::corrupt : StagePass.Corruptor.NONE);
    pass.backward(gradient);
    updater.applyUpdater(gradient.reshape(1, gradient.length()), updates++, 0);
    learning.parameters().subi(gradient);
    return loss;
  }

  private void corrupt(INDArray clean, INDArray input) {
    float[] values = clean.data().asFloat();
    settings.corruption().apply(values, random);
    input.data().setData(values);
  }

  /** Mean squared error per value of whole examples, uncorrupted; NaN where there are none. */
  double loss(float[][] examples) {
    double sum = 0;
    for (int from = 0; from < examples.length; from += EVALUATION_BATCH) {
      int size = Math.min(EVALUATION_BATCH, examples.length - from);
      sum +=
          size * pass(size).forward(gather(examples, null, from, size), StagePass.Corruptor.NONE);
    }
    return examples.length == 0 ? Double.NaN : sum / examples.length;
  }

  /** The gradient of the loss for a batch, in the order of the parameters; for tests. */
  float[] gradient(float[] examples, int size) {
    StagePass pass = pass(size);
    pass.forward(examples, StagePass.Corruptor.NONE);
    pass.backward(gradient);
    return gradient.toFloatVector();
  }

  /** What learns; for tests. */
  INDArray parameters() {
    return learning.parameters();
  }

  /** What is learned so far. */
  Stage stage() {
    float[] values = learning.parameters().toFloatVector();
    int encoder = stack.encoderParameters(earlier.size());
    return new Stage(
        Arrays.copyOf(values, encoder), Arrays.copyOfRange(values, encoder, values.length));
  }

  private StagePass pass(int size) {
    return passes.computeIfAbsent(
        size, n -> new StagePass(earlier, learning, settings.objective() == Objective.PICTURE, n));
  }

  static float[] joined(float[] first, float[] second) {
    float[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** Some examples one after the other: by their order, or as they come where that is null. */
  static float[] gather(float[][] examples, int[] order, int from, int size) {
    int length = examples[0].length;
    float[] batch = new float[size * length];
    for (int i = 0; i < size; i++) {
      float[] example = examples[order == null ? from + i : order[from + i]];
      System.arraycopy(example, 0, batch, i * length, length);
    }
    return batch;
  }

  @Override
  public void close() {
    passes.values().forEach(StagePass::close);
    earlier.forEach(CodecLayer::close);
    learning.close();
    gradient.close();
    updaterState.close();
  }
}
