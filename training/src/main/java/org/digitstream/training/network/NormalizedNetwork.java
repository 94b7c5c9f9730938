package org.digitstream.training.network;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.digitstream.inference.model.NetworkShape;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.dl4j.TemporalNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A {@link NetworkShape} with batch normalization (Ioffe and Szegedy, 2015) after every
 * convolution, for training only: without it the loss stays where it is for thousands of strips.
 * {@link #weights} folds the normalization into the convolutions, so that what runs in the stream
 * is plain.
 */
final class NormalizedNetwork {
  private static final double STATISTICS_DECAY = 0.95;

  /** As Muon's authors have it. */
  private static final double MOMENTUM = 0.95;

  private static final int LAYERS_PER_CONVOLUTION = 2;

  private NormalizedNetwork() {}

  /**
   * A network with random weights. Over time: input {@code [batch, bands, frames]}, output {@code
   * [batch, classes, outputs]}. Of pictures: input {@code [batch, 1, bands, frames]}, output {@code
   * [batch, classes]}.
   *
   * @param shape its shape
   * @param frames frames of the strips that a network over time will be trained on
   * @param seed of the weights
   * @param updater how it learns
   * @param l2 weight of the squared weights in the loss, 0 for none
   */
  static MultiLayerNetwork initialized(
      NetworkShape shape, int frames, long seed, IUpdater updater, double l2) {
    return initialized(shape, frames, seed, updater, null, l2);
  }

  /**
   * The same, whose filters learn by {@link Muon}.
   *
   * @param shape its shape
   * @param frames frames of the strips that a network over time will be trained on
   * @param seed of the weights
   * @param updater how all that is no filter of a convolution learns
   * @param filters length of Muon's steps; null where filters learn as the rest
   * @param l2 weight of the squared weights in the loss, 0 for none
   */
  static MultiLayerNetwork initialized(
      NetworkShape shape,
      int frames,
      long seed,
      IUpdater updater,
      CosineSchedule filters,
      double l2) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.RELU)
            .updater(updater)
            .l2(l2)
            .convolutionMode(ConvolutionMode.Truncate)
            .cudnnAlgoMode(AlgoMode.NO_WORKSPACE)
            .list();
    if (shape instanceof PictureShape picture) {
      addPictureLayers(layers, picture, filters);
    } else {
      addTemporalLayers(layers, (TemporalShape) shape, frames, filters);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    TemporalNetwork.requireOneDnn(network);
    return network;
  }

  /** Puts given filters into the convolutions of a network of pictures. */
  static void start(MultiLayerNetwork network, StartWeights start) {
    for (int i = 0; i < start.filters().size(); i++) {
      INDArray filters = network.getLayer(i * LAYERS_PER_CONVOLUTION).getParam("W");
      filters.assign(Nd4j.create(start.filters().get(i), filters.shape(), 'c'));
    }
  }

  private static void addTemporalLayers(
      NeuralNetConfiguration.ListBuilder layers,
      TemporalShape shape,
      int frames,
      CosineSchedule filters) {
    addConvolutions(layers, shape.frontEnd(), filters);
    for (TemporalShape.Convolution layer : shape.convolutions()) {
      TimeConvolution convolution =
          new TimeConvolution(layer.kernelFrames(), layer.stride(), layer.channels());
      learn(convolution, filters, true);
      layers.layer(convolution);
      layers.layer(new RectifiedNormalization(STATISTICS_DECAY));
    }
    layers.layer(
        new RnnOutputLayer.Builder(new LossMCXENT())
            .nOut(shape.classes())
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.XAVIER)
            .build());
    TemporalNetwork.setInput(layers, shape, LAYERS_PER_CONVOLUTION, frames);
  }

  private static void addPictureLayers(
      NeuralNetConfiguration.ListBuilder layers, PictureShape shape, CosineSchedule filters) {
    addConvolutions(layers, shape.convolutions(), filters);
    layers.layer(
        new OutputLayer.Builder(new LossMCXENT())
            .nOut(shape.classes())
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.XAVIER)
            .build());
    layers.setInputType(InputType.convolutional(shape.bands(), shape.frames(), 1));
  }

  private static void addConvolutions(
      NeuralNetConfiguration.ListBuilder layers,
      List<PictureShape.Convolution> convolutions,
      CosineSchedule filters) {
    for (PictureShape.Convolution layer : convolutions) {
      PictureConvolution convolution =
          new PictureConvolution(
              layer.kernelBands(),
              layer.kernelFrames(),
              layer.strideBands(),
              layer.strideFrames(),
              layer.channels());
      learn(convolution, filters, false);
      layers.layer(convolution);
      layers.layer(new RectifiedNormalization(STATISTICS_DECAY));
    }
  }

  private static void learn(FeedForwardLayer layer, CosineSchedule filters, boolean outputsLast) {
    if (filters != null) {
      layer.setIUpdater(new Muon(filters, MOMENTUM, (int) layer.getNOut(), outputsLast));
    }
  }

  /** The weights of the same network without normalization, in the order of the model file. */
  static float[] weights(MultiLayerNetwork network, NetworkShape shape) {
    float[] weights = new float[shape.parameterCount()];
    int at = 0;
    int convolutions = network.getnLayers() / LAYERS_PER_CONVOLUTION;
    for (int i = 0; i < convolutions; i++) {
      Layer convolution = network.getLayer(i * LAYERS_PER_CONVOLUTION);
      Layer normalization = network.getLayer(i * LAYERS_PER_CONVOLUTION + 1);
      INDArray filters = TemporalNetwork.outputMajor(convolution);
      at = putFolded(filters.dup('c'), normalization, weights, at);
    }
    Layer output = network.getOutputLayer();
    INDArray dense = TemporalNetwork.outputMajor(output);
    for (INDArray part : new INDArray[] {dense, output.getParam("b")}) {
      float[] values = part.dup('c').data().asFloat();
      System.arraycopy(values, 0, weights, at, values.length);
      at += values.length;
    }
    return weights;
  }

  /** Filters and biases that do what filters without biases and a normalization do together. */
  private static int putFolded(INDArray filters, Layer normalization, float[] weights, int at) {
    double epsilon = ((BatchNormalization) normalization.conf().getLayer()).getEps();
    int channels = (int) filters.size(0);
    int filterSize = (int) (filters.length() / channels);
    float[] values = filters.data().asFloat();
    int biasAt = at + values.length;
    for (int channel = 0; channel < channels; channel++) {
      double deviation = Math.sqrt(param(normalization, "var", channel) + epsilon);
      double scale = param(normalization, "gamma", channel) / deviation;
      for (int j = channel * filterSize; j < (channel + 1) * filterSize; j++) {
        weights[at + j] = (float) (values[j] * scale);
      }
      weights[biasAt + channel] =
          (float)
              (param(normalization, "beta", channel)
                  - param(normalization, "mean", channel) * scale);
    }
    return biasAt + channels;
  }

  private static double param(Layer layer, String name, int channel) {
    return layer.getParam(name).getDouble(channel);
  }
}
