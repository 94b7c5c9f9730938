package org.digitstream.training.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.Convolution1DLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.Convolution1DUtils;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv1DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/** What {@link TimeConvolution} computes. */
final class TimeConvolutionLayer extends Convolution1DLayer {
  private static final long serialVersionUID = 1L;

  TimeConvolutionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Conv1DConfig conf =
        Conv1DConfig.builder()
            .k(layerConf().getKernelSize()[0])
            .s(layerConf().getStride()[0])
            .d(1)
            .p(0)
            .dataFormat(Conv1DConfig.NCW)
            .paddingMode(PaddingMode.VALID)
            .build();
    INDArray weights = reshaped(getParam(ConvolutionParamInitializer.WEIGHT_KEY));
    INDArray weightGradient = reshaped(gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY));
    INDArray next =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape());
    Nd4j.exec(
        new Conv1DDerivative(
            new INDArray[] {input, weights, epsilon}, new INDArray[] {next, weightGradient}, conf));
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(
        ConvolutionParamInitializer.WEIGHT_KEY,
        gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
        'c');
    return new Pair<>(gradient, next);
  }

  private static INDArray reshaped(INDArray weights) {
    return Convolution1DUtils.reshapeWeightArrayOrGradientForFormat(weights, RNNFormat.NCW);
  }
}
