package org.digitstream.inference.model.dl4j;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.model.PictureShape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A {@link PictureShape} as a DL4J network: input {@code [batch, 1, bands, frames]}, the lowest
 * band first; output {@code [batch, classes]}.
 */
public final class PictureNetwork {
  private PictureNetwork() {}

  /**
   * A network with given weights.
   *
   * @param shape its shape
   * @param weights in the order of the model file, {@link PictureShape#parameterCount()} of them
   * @throws org.digitstream.inference.model.ModelException on x86 where its convolutions would run
   *     without oneDNN
   */
  public static MultiLayerNetwork of(PictureShape shape, float[] weights) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(new NoOp())
            .convolutionMode(ConvolutionMode.Truncate)
            .cudnnAlgoMode(AlgoMode.NO_WORKSPACE)
            .list();
    for (PictureShape.Convolution layer : shape.convolutions()) {
      layers.layer(layer(layer));
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
    setWeights(network, weights);
    return network;
  }

  static ConvolutionLayer layer(PictureShape.Convolution convolution) {
    return new ConvolutionLayer.Builder()
        .kernelSize(convolution.kernelBands(), convolution.kernelFrames())
        .stride(convolution.strideBands(), convolution.strideFrames())
        .nOut(convolution.channels())
        .activation(Activation.RELU)
        .build();
  }

  /**
   * The weights of a network in the order of the model file: layer by layer those of a convolution
   * as {@code [output, input, band, frame]}, those of a dense layer as {@code [output, input]},
   * then the biases. Layers that have no weights are passed over.
   *
   * @param network any stack of two-dimensional convolutions and dense layers with biases, such as
   *     one that was trained
   */
  public static float[] weights(MultiLayerNetwork network) {
    float[] weights = new float[(int) network.numParams()];
    int at = 0;
    for (INDArray part : parts(network)) {
      float[] values = part.dup('c').data().asFloat();
      System.arraycopy(values, 0, weights, at, values.length);
      at += values.length;
    }
    if (at != weights.length) {
      throw new IllegalArgumentException(
          "of "
              + weights.length
              + " parameters only "
              + at
              + " are weights and biases of convolutions and dense layers");
    }
    return weights;
  }

  /** Gives a network the weights of the model file; the inverse of {@link #weights}. */
  public static void setWeights(MultiLayerNetwork network, float[] weights) {
    if (weights.length != network.numParams()) {
      throw new IllegalArgumentException(
          weights.length + " weights are not the " + network.numParams() + " of the network");
    }
    int at = 0;
    for (INDArray part : parts(network)) {
      float[] values = new float[(int) part.length()];
      System.arraycopy(weights, at, values, 0, values.length);
      // The part is a view of the layer's own memory in another order: assign follows it.
      part.assign(Nd4j.create(values, part.shape(), 'c'));
      at += values.length;
    }
  }

  /** Views of the layers' own memory, in the order and with the axes of the model file. */
  private static List<INDArray> parts(MultiLayerNetwork network) {
    return Stream.of(network.getLayers())
        .filter(layer -> layer.numParams() > 0)
        .flatMap(layer -> Stream.of(TemporalNetwork.outputMajor(layer), layer.getParam("b")))
        .toList();
  }
}
