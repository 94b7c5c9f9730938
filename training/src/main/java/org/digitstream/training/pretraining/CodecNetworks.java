package org.digitstream.training.pretraining;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.digitstream.training.pretraining.EncoderStack.FeatureMap;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The DL4J networks of layer-wise autoencoders, and the way of weights into and out of them. */
final class CodecNetworks {
  /** What does not learn: a step of length 0. */
  private static final IUpdater FIXED = new Sgd(0);

  private CodecNetworks() {}

  /** Encoders alone, which do not learn. */
  static MultiLayerNetwork encoder(EncoderStack stack, List<Stage> stages) {
    NeuralNetConfiguration.ListBuilder layers = builder(0, FIXED);
    for (int i = 0; i < stages.size(); i++) {
      layers.layer(convolution(stack, i));
    }
    MultiLayerNetwork network = initialized(layers, stack.maps().get(0));
    for (int i = 0; i < stages.size(); i++) {
      setWeights(network.getLayer(i), stages.get(i).encoder());
    }
    return network;
  }

  /** Decoders alone, last layer first, which do not learn. */
  static MultiLayerNetwork decoder(EncoderStack stack, List<Stage> stages) {
    NeuralNetConfiguration.ListBuilder layers = builder(0, FIXED);
    for (int i = stages.size() - 1; i >= 0; i--) {
      layers.layer(deconvolution(stack, i, FIXED));
    }
    MultiLayerNetwork network = initialized(layers, stack.maps().get(stages.size()));
    for (int i = stages.size() - 1; i >= 0; i--) {
      setWeights(network.getLayer(stages.size() - 1 - i), stages.get(i).decoder());
    }
    return network;
  }

  /**
   * One layer and what undoes it, then the decoders of earlier layers if the picture is to be given
   * back; labels are {@code [batch, values]}.
   */
  static MultiLayerNetwork stage(
      EncoderStack stack, List<Stage> earlier, PretrainingSettings settings) {
    int stage = earlier.size();
    IUpdater updater = new Adam(settings.learningRate());
    NeuralNetConfiguration.ListBuilder layers = builder(settings.seed() + stage, updater);
    layers.layer(convolution(stack, stage));
    layers.layer(deconvolution(stack, stage, updater));
    boolean picture = settings.objective() == Objective.PICTURE;
    if (picture) {
      for (int i = stage - 1; i >= 0; i--) {
        layers.layer(deconvolution(stack, i, FIXED));
      }
    }
    FeatureMap target = stack.maps().get(picture ? 0 : stage);
    int index = picture ? stage + 2 : 2;
    layers.layer(
        new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build());
    layers.inputPreProcessor(
        index,
        new CnnToFeedForwardPreProcessor(target.height(), target.width(), target.channels()));
    MultiLayerNetwork network = initialized(layers, stack.maps().get(stage));
    if (picture) {
      for (int i = stage - 1; i >= 0; i--) {
        setWeights(network.getLayer(stage + 1 - i), earlier.get(i).decoder());
      }
    }
    return network;
  }

  private static NeuralNetConfiguration.ListBuilder builder(long seed, IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .weightInit(WeightInit.XAVIER_UNIFORM)
        .updater(updater)
        .convolutionMode(ConvolutionMode.Truncate)
        .cudnnAlgoMode(AlgoMode.NO_WORKSPACE)
        .list();
  }

  private static ConvolutionLayer convolution(EncoderStack stack, int index) {
    EncoderStack.Layer layer = stack.layers().get(index);
    return new ConvolutionLayer.Builder()
        .kernelSize(layer.kernelHeight(), layer.kernelWidth())
        .stride(layer.strideHeight(), layer.strideWidth())
        .nOut(layer.channels())
        .activation(Activation.RELU)
        .build();
  }

  private static Deconvolution2D deconvolution(EncoderStack stack, int index, IUpdater updater) {
    EncoderStack.Layer layer = stack.layers().get(index);
    return new Deconvolution2D.Builder()
        .kernelSize(stack.decoderKernel(index))
        .stride(layer.strideHeight(), layer.strideWidth())
        .nOut(stack.maps().get(index).channels())
        .activation(Activation.RELU)
        .updater(updater)
        .build();
  }

  private static MultiLayerNetwork initialized(
      NeuralNetConfiguration.ListBuilder layers, FeatureMap input) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers
                .setInputType(
                    InputType.convolutional(input.height(), input.width(), input.channels()))
                .build());
    network.init();
    return network;
  }

  /** A layer's weights in the order of {@link Stage}. */
  static float[] weights(Layer layer) {
    float[] weights = new float[(int) layer.numParams()];
    int at = 0;
    for (String name : List.of("W", "b")) {
      float[] values = layer.getParam(name).dup('c').data().asFloat();
      System.arraycopy(values, 0, weights, at, values.length);
      at += values.length;
    }
    return weights;
  }

  private static void setWeights(Layer layer, float[] weights) {
    int at = 0;
    for (String name : List.of("W", "b")) {
      INDArray part = layer.getParam(name);
      float[] values = new float[(int) part.length()];
      System.arraycopy(weights, at, values, 0, values.length);
      // The part may be a view in another order: assign follows it.
      part.assign(Nd4j.create(values, part.shape(), 'c'));
      at += values.length;
    }
  }
}
