package org.digitstream.training.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear convolution over time without bias. DL4J's own computes its forward pass once more in
 * the backward pass, for the sake of activations that this one does not have.
 */
final class TimeConvolution extends Convolution1DLayer {
  private static final long serialVersionUID = 1L;

  TimeConvolution(int kernelFrames, int strideFrames, int channels) {
    setKernelSize(new int[] {kernelFrames, 1});
    setStride(new int[] {strideFrames, 1});
    setPadding(new int[] {0, 0});
    setDilation(new int[] {1, 1});
    setConvolutionMode(ConvolutionMode.Truncate);
    setCudnnAlgoMode(AlgoMode.NO_WORKSPACE);
    setActivationFn(Activation.IDENTITY.getActivationFunction());
    setHasBias(false);
    setNOut(channels);
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
        .applyTo(new TimeConvolutionLayer(conf, dataType));
  }
}
