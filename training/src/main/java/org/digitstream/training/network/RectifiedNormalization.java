package org.digitstream.training.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization (Ioffe and Szegedy, 2015) of each channel, followed by a rectifier, for
 * sequences {@code [batch, channels, frames]} as for images {@code [batch, channels, height,
 * width]}. DL4J's own refuses sequences, and its backward pass takes a third of a training's time.
 */
final class RectifiedNormalization extends BatchNormalization {
  private static final long serialVersionUID = 1L;

  RectifiedNormalization(double decay) {
    setDecay(decay);
    setUseLogStd(false);
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
        .applyTo(new RectifiedNormalizationLayer(conf, dataType));
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }
}
