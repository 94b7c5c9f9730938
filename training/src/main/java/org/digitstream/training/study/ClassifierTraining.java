package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.inference.model.dl4j.PictureNetwork;
import org.digitstream.inference.model.dl4j.TemporalNetwork;
import org.digitstream.training.pretraining.ExampleOrder;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Trains one of the study's classifiers: softmax and cross-entropy, Adam. The same pictures and
 * settings give the same bits on one machine. One thread.
 */
final class ClassifierTraining {
  private static final int EVALUATION_BATCH = 60;
  private static final double LEAST_PROBABILITY = 1e-10;

  private final PictureShape shape;
  private final StudySettings settings;
  private final long seed;
  private final List<float[]> encoders;
  private final LongSupplier nanoTime;

  /**
   * What a training leads to.
   *
   * @param weights in the order of the model file
   * @param epochs how good it was, from before the first epoch on
   * @param samplesPerSecond pictures trained on per second, without the time of measuring
   */
  record Trained(float[] weights, List<ClassifierEpoch> epochs, double samplesPerSecond) {}

  /**
   * A training to be done.
   *
   * @param encoders weights and biases that convolutions start with, input side first; may be fewer
   *     than the convolutions
   * @param nanoTime as {@link System#nanoTime}, for the speed alone
   * @throws IllegalArgumentException where the encoders are of another network
   */
  ClassifierTraining(
      PictureShape shape,
      StudySettings settings,
      long seed,
      List<float[]> encoders,
      LongSupplier nanoTime) {
    this.shape = shape;
    this.settings = settings;
    this.seed = seed;
    this.encoders = List.copyOf(encoders);
    this.nanoTime = nanoTime;
    List<PictureShape.FeatureMap> maps = shape.maps();
    for (int i = 0; i < encoders.size(); i++) {
      PictureShape.Convolution layer = shape.convolutions().get(i);
      int expected =
          layer.channels()
              * (maps.get(i).channels() * layer.kernelBands() * layer.kernelFrames() + 1);
      if (encoders.get(i).length != expected) {
        throw new IllegalArgumentException(
            String.format(
                "an encoder of another network: layer %d has %d weights, not %d",
                i + 1, expected, encoders.get(i).length));
      }
    }
  }

  /** Trains, on the calling thread. */
  Trained train(PictureSet pictures, Split split, IntConsumer trained) {
    Dl4jRuntime.prepareThread();
    MultiLayerNetwork network = network();
    try {
      List<ClassifierEpoch> epochs = new ArrayList<>();
      epochs.add(measure(network, pictures, split, 0));
      ExampleOrder examples = new ExampleOrder(split.training(), seed);
      long nanos = 0;
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        int[] order = examples.next();
        long start = nanoTime.getAsLong();
        for (int from = 0; from < order.length; from += settings.batch()) {
          int size = Math.min(settings.batch(), order.length - from);
          fit(network, pictures, order, from, size);
          trained.accept(size);
        }
        nanos += nanoTime.getAsLong() - start;
        epochs.add(measure(network, pictures, split, epoch));
      }
      double perSecond = 1e9 * settings.epochs() * split.training().length / Math.max(1, nanos);
      return new Trained(PictureNetwork.weights(network), List.copyOf(epochs), perSecond);
    } finally {
      network.close();
    }
  }

  /** The network before its training. */
  MultiLayerNetwork network() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(new Adam(settings.learningRate()))
            .convolutionMode(ConvolutionMode.Truncate)
            .cudnnAlgoMode(AlgoMode.NO_WORKSPACE)
            .list();
    for (PictureShape.Convolution layer : shape.convolutions()) {
      layers.layer(
          new ConvolutionLayer.Builder()
              .kernelSize(layer.kernelBands(), layer.kernelFrames())
              .stride(layer.strideBands(), layer.strideFrames())
              .nOut(layer.channels())
              .activation(Activation.RELU)
              .build());
    }
    layers.layer(
        new OutputLayer.Builder(new LossMCXENT())
            .nOut(shape.classes())
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers.setInputType(InputType.convolutional(shape.bands(), shape.frames(), 1)).build());
    network.init();
    TemporalNetwork.requireOneDnn(network);
    float[] weights = PictureNetwork.weights(network);
    int at = 0;
    for (float[] encoder : encoders) {
      System.arraycopy(encoder, 0, weights, at, encoder.length);
      at += encoder.length;
    }
    PictureNetwork.setWeights(network, weights);
    return network;
  }

  private void fit(
      MultiLayerNetwork network, PictureSet pictures, int[] order, int from, int size) {
    float[] target = new float[size * shape.classes()];
    for (int i = 0; i < size; i++) {
      target[i * shape.classes() + pictures.labels().get(order[from + i]).digit()] = 1;
    }
    try (INDArray input = input(pictures, order, from, size);
        INDArray labels = Nd4j.create(target, new long[] {size, shape.classes()}, 'c')) {
      network.fit(new DataSet(input, labels));
    }
  }

  private ClassifierEpoch measure(
      MultiLayerNetwork network, PictureSet pictures, Split split, int epoch) {
    double[] training = lossAndAccuracy(network, pictures, split.training());
    double[] test = lossAndAccuracy(network, pictures, split.test());
    return new ClassifierEpoch(epoch, training[0], training[1], test[0], test[1]);
  }

  private double[] lossAndAccuracy(MultiLayerNetwork network, PictureSet pictures, int[] places) {
    double loss = 0;
    int right = 0;
    for (int from = 0; from < places.length; from += EVALUATION_BATCH) {
      int size = Math.min(EVALUATION_BATCH, places.length - from);
      try (INDArray input = input(pictures, places, from, size);
          INDArray output = network.output(input, false)) {
        float[] probabilities = output.dup('c').data().asFloat();
        for (int i = 0; i < size; i++) {
          int digit = pictures.labels().get(places[from + i]).digit();
          loss -= Math.log(Math.max(LEAST_PROBABILITY, probabilities[i * shape.classes() + digit]));
          right += best(probabilities, i * shape.classes(), shape.classes()) == digit ? 1 : 0;
        }
      }
    }
    return new double[] {loss / places.length, (double) right / places.length};
  }

  private static int best(float[] probabilities, int from, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probabilities[from + c] > probabilities[from + best]) {
        best = c;
      }
    }
    return best;
  }

  private INDArray input(PictureSet pictures, int[] places, int from, int size) {
    int length = pictures.bands() * pictures.frames();
    float[] values = new float[size * length];
    for (int i = 0; i < size; i++) {
      System.arraycopy(pictures.pixels()[places[from + i]], 0, values, i * length, length);
    }
    return Nd4j.create(values, new long[] {size, 1, pictures.bands(), pictures.frames()}, 'c');
  }
}
