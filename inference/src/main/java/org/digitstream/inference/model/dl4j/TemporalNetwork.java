package org.digitstream.inference.model.dl4j;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.model.ModelException;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A {@link TemporalShape} as a DL4J network: input {@code [batch, bands, frames]}, output {@code
 * [batch, classes, outputs]}. Convolutions over time are one-dimensional, since those of width one
 * in two dimensions take three times as long.
 */
public final class TemporalNetwork {
  private TemporalNetwork() {}

  /**
   * A network with given weights.
   *
   * @param shape its shape
   * @param weights in the order of the model file
   * @throws ModelException on x86 where its convolutions would run without oneDNN
   */
  public static MultiLayerNetwork of(TemporalShape shape, float[] weights) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(new NoOp())
            .convolutionMode(ConvolutionMode.Truncate)
            .cudnnAlgoMode(AlgoMode.NO_WORKSPACE)
            .list();
    for (PictureShape.Convolution layer : shape.frontEnd()) {
      layers.layer(PictureNetwork.layer(layer));
    }
    for (TemporalShape.Convolution layer : shape.convolutions()) {
      layers.layer(
          new Convolution1DLayer.Builder(layer.kernelFrames(), layer.stride())
              .nOut(layer.channels())
              .activation(Activation.RELU)
              .build());
    }
    layers.layer(
        new RnnOutputLayer.Builder(new LossMCXENT())
            .nOut(shape.classes())
            .activation(Activation.SOFTMAX)
            .build());
    setInput(layers, shape, 1, shape.inputFrames(1));
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    requireOneDnn(network);
    setWeights(network, weights);
    return network;
  }

  /**
   * Tells a network what it will be given, and where values of frames become pictures for the front
   * end and back.
   *
   * @param layers all layers of the network
   * @param layersPerConvolution how many each convolution of the front end has become
   * @param frames of what it will be given; a network without a front end takes any number
   */
  public static void setInput(
      NeuralNetConfiguration.ListBuilder layers,
      TemporalShape shape,
      int layersPerConvolution,
      int frames) {
    if (!shape.frontEnd().isEmpty()) {
      int convolutions = shape.frontEnd().size();
      int channels = shape.frontEnd().get(convolutions - 1).channels();
      layers.inputPreProcessor(0, new FrontEndReshaping(shape.bands()));
      layers.inputPreProcessor(
          convolutions * layersPerConvolution, new FrontEndReshaping(shape.inputs() / channels));
    }
    layers.setInputType(InputType.recurrent(shape.bands(), frames, RNNFormat.NCW));
  }

  /**
   * Checks that a network's convolutions, over time or over pictures, run by oneDNN.
   *
   * @throws ModelException on x86 where they do not, saying what is missing
   */
  public static void requireOneDnn(MultiLayerNetwork network) {
    for (Layer layer : network.getLayers()) {
      boolean convolution = layer.conf().getLayer() instanceof ConvolutionLayer;
      if (convolution && isX86() && layer.getHelper() == null) {
        throw new ModelException(
            "DL4J runs its convolutions without oneDNN, which takes six times as long. The library"
                + " nd4j-native with the classifier linux-x86_64-onednn-avx2 (or that of this"
                + " platform) must be on the class path, and no other nd4j-native beside it.");
      }
    }
  }

  /**
   * Whether DL4J's convolutions run by oneDNN here; true on x86 wherever a network could be made.
   */
  public static boolean oneDnnActive(MultiLayerNetwork network) {
    return network.getLayer(0).getHelper() != null;
  }

  private static boolean isX86() {
    String architecture = System.getProperty("os.arch");
    return architecture.equals("amd64") || architecture.equals("x86_64");
  }

  /**
   * The weights in the order of the model file: layer by layer {@code [output][input][frame]}, in a
   * front end {@code [output][input][band][frame]}, then the biases.
   */
  public static float[] weights(MultiLayerNetwork network) {
    float[] weights = new float[(int) network.numParams()];
    int at = 0;
    for (Layer layer : network.getLayers()) {
      for (INDArray part : List.of(outputMajor(layer), layer.getParam("b"))) {
        float[] values = part.dup('c').data().asFloat();
        System.arraycopy(values, 0, weights, at, values.length);
        at += values.length;
      }
    }
    return weights;
  }

  private static void setWeights(MultiLayerNetwork network, float[] weights) {
    int at = 0;
    for (Layer layer : network.getLayers()) {
      for (INDArray part : List.of(outputMajor(layer), layer.getParam("b"))) {
        int length = (int) part.length();
        float[] values = new float[length];
        System.arraycopy(weights, at, values, 0, length);
        // The part may be a view of the layer's own memory in another order: assign follows it.
        part.assign(Nd4j.create(values, part.shape(), 'c'));
        at += length;
      }
    }
  }

  /**
   * The layer's weights as {@code [output, input, frame]}, or {@code [output, input, band, frame]}
   * of a convolution over pictures, a view of its own memory. DL4J keeps those of the output layer
   * as {@code [input, output]}; those of a convolution over time are declared as {@code [output,
   * input, frame, 1]}, but the same memory is read as {@code [frame, input, output]}.
   */
  public static INDArray outputMajor(Layer layer) {
    INDArray weights = layer.getParam("W");
    if (weights.rank() == 2) {
      return weights.transpose();
    }
    if (!(layer.conf().getLayer() instanceof Convolution1DLayer)) {
      return weights;
    }
    long[] declared = weights.shape();
    return weights.reshape('c', declared[2], declared[1], declared[0]).permute(2, 1, 0);
  }
}
