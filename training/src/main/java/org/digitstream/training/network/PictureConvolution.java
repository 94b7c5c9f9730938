package org.digitstream.training.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear two-dimensional convolution without bias. As with {@link TimeConvolution}, DL4J's own
 * would compute its forward pass once more in the backward pass.
 */
final class PictureConvolution extends ConvolutionLayer {
  private static final long serialVersionUID = 1L;

  PictureConvolution(
      int kernelBands, int kernelFrames, int strideBands, int strideFrames, int channels) {
    super(
        new ConvolutionLayer.Builder(
                new int[] {kernelBands, kernelFrames}, new int[] {strideBands, strideFrames})
            .nOut(channels)
            .activation(Activation.IDENTITY)
            .convolutionMode(ConvolutionMode.Truncate)
            .cudnnAlgoMode(AlgoMode.NO_WORKSPACE)
            .hasBias(false));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new LayerSetup(conf, listeners, layerIndex, parameters, initialize)
        .applyTo(new PictureConvolutionLayer(conf, dataType));
  }
}
