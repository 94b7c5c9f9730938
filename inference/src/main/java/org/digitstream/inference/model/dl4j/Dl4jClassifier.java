package org.digitstream.inference.model.dl4j;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.WindowClassifier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model run by DL4J, always with a batch of one window. One thread at a time: each thread gets a
 * classifier of its own, since DL4J's {@code output()} is synchronized.
 */
public final class Dl4jClassifier implements WindowClassifier {
  /** Names this engine in model ids. */
  public static final String ENGINE_ID = "dl4j";

  private final MultiLayerNetwork network;
  private final long[] inputShape;
  private final Normalization normalization;
  private final int bands;
  private final int frames;
  private final int classes;
  private final int outputs;
  private final int hidden;
  private Thread preparedFor;

  private Dl4jClassifier(ModelBundle model) {
    StreamGeometry geometry = model.geometry();
    normalization = model.normalization();
    bands = model.network().bands();
    classes = model.network().classes();
    frames = geometry.windowFrames();
    outputs = geometry.outputsPerBlock();
    hidden = model.judge().isPresent() ? model.hidden() : 0;
    prepareThread();
    // A picture is the same values in the same order, as the one channel of an image.
    if (model.network() instanceof PictureShape shape) {
      network = PictureNetwork.of(shape, model.weights());
      inputShape = new long[] {1, 1, bands, frames};
    } else {
      network = TemporalNetwork.of((TemporalShape) model.network(), model.weights());
      inputShape = new long[] {1, bands, frames - normalization.framesBefore()};
    }
    // The first calls load and choose kernels, which would otherwise delay the first digit.
    float[] silence = new float[frames * bands];
    for (int i = 0; i < 3; i++) {
      classify(silence);
    }
  }

  /**
   * A classifier for the calling thread or for another one.
   *
   * @throws org.digitstream.inference.model.ModelException where the natives do not load or their
   *     fast convolutions are not active
   */
  public static Dl4jClassifier load(ModelBundle model) {
    return new Dl4jClassifier(model);
  }

  @Override
  public float[] classify(float[] window) {
    return activations(window).probabilities();
  }

  @Override
  public Activations activations(float[] window) {
    if (window.length != frames * bands) {
      throw new IllegalArgumentException(
          "a window of " + window.length + " values is not " + frames + " frames of " + bands);
    }
    prepareThread();
    float[] input = normalization.picture(window);
    try (INDArray in = Nd4j.create(input, inputShape, 'c')) {
      if (hidden == 0) {
        return Activations.of(byOutput(network.output(in), classes));
      }
      List<INDArray> layers = network.feedForward(in, false);
      return new Activations(
          byOutput(layers.get(layers.size() - 1), classes),
          byOutput(layers.get(layers.size() - 2), hidden));
    }
  }

  private float[] byOutput(INDArray layer, int count) {
    INDArray values = layer.reshape(1, count, outputs);
    float[] byOutput = new float[outputs * count];
    for (int output = 0; output < outputs; output++) {
      for (int i = 0; i < count; i++) {
        byOutput[output * count + i] = values.getFloat(0, i, output);
      }
    }
    return byOutput;
  }

  private void prepareThread() {
    if (preparedFor != Thread.currentThread()) {
      Dl4jRuntime.prepareThread();
      preparedFor = Thread.currentThread();
    }
  }

  @Override
  public String engineId() {
    return ENGINE_ID;
  }

  @Override
  public void close() {
    network.close();
  }
}
