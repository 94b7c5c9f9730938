package org.digitstream.training.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@link PictureConvolution} computes. */
final class PictureConvolutionLayer extends ConvolutionLayer {
  private static final long serialVersionUID = 1L;

  PictureConvolutionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (helper == null) {
      return super.backpropGradient(epsilon, workspaces);
    }
    assertInputSet(true);
    // The activation is the identity, so what comes back needs no outputs to go through it.
    return helper.backpropGradient(
        input,
        getParam(ConvolutionParamInitializer.WEIGHT_KEY),
        null,
        epsilon,
        layerConf().getKernelSize(),
        layerConf().getStride(),
        layerConf().getPadding(),
        null,
        gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
        layerConf().getActivationFn(),
        layerConf().getCudnnAlgoMode(),
        layerConf().getCudnnBwdFilterAlgo(),
        layerConf().getCudnnBwdDataAlgo(),
        convolutionMode,
        layerConf().getDilation(),
        layerConf().getCnn2dDataFormat(),
        workspaces);
  }
}
