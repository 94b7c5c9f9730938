package org.digitstream.training.network;

import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@link RectifiedNormalization} computes, in plain loops over each channel. */
final class RectifiedNormalizationLayer extends BatchNormalization {
  private static final long serialVersionUID = 1L;

  private transient float[] normalized = new float[0];
  private transient float[] output = new float[0];
  private transient float[] batchMean;
  private transient float[] batchVariance;

  RectifiedNormalizationLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray preOutput(INDArray x, TrainingMode mode, LayerWorkspaceMgr workspaces) {
    int channels = (int) x.size(1);
    int batch = (int) x.size(0);
    int places = (int) (x.length() / batch / channels);
    float[] values = floats(x);
    boolean training = mode == TrainingMode.TRAIN;
    float[] gamma = floats(getParam(BatchNormalizationParamInitializer.GAMMA));
    float[] beta = floats(getParam(BatchNormalizationParamInitializer.BETA));
    float[] mean;
    float[] variance;
    if (training) {
      batchMean = new float[channels];
      batchVariance = new float[channels];
      measure(values, batch, channels, places);
      mean = batchMean;
      variance = batchVariance;
      normalized = normalized.length == values.length ? normalized : new float[values.length];
    } else {
      mean = floats(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
      variance = floats(getParam(BatchNormalizationParamInitializer.GLOBAL_VAR));
    }
    float[] out = training && output.length == values.length ? output : new float[values.length];
    float[] hats = training ? normalized : out;
    for (int c = 0; c < channels; c++) {
      float scale = (float) (1 / Math.sqrt(variance[c] + layerConf().getEps()));
      float shift = -mean[c] * scale;
      float g = gamma[c];
      float b = beta[c];
      for (int n = 0; n < batch; n++) {
        int from = (n * channels + c) * places;
        int to = from + places;
        for (int i = from; i < to; i++) {
          hats[i] = values[i] * scale + shift;
        }
        for (int i = from; i < to; i++) {
          out[i] = Math.max(0, g * hats[i] + b);
        }
      }
    }
    if (training) {
      output = out;
    }
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(), x.shape(), 'c');
    put(out, result);
    return result;
  }

  private void measure(float[] values, int batch, int channels, int places) {
    double count = (double) batch * places;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
      for (int n = 0; n < batch; n++) {
        int from = (n * channels + c) * places;
        sum += FloatSums.sum(values, from, places);
        squares += FloatSums.product(values, values, from, places);
      }
      double mean = sum / count;
      batchMean[c] = (float) mean;
      batchVariance[c] = (float) Math.max(0, squares / count - mean * mean);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    int channels = (int) epsilon.size(1);
    int batch = (int) epsilon.size(0);
    int places = (int) (epsilon.length() / batch / channels);
    double count = (double) batch * places;
    float[] error = floats(epsilon);
    float[] gamma = floats(getParam(BatchNormalizationParamInitializer.GAMMA));
    float[] hats = normalized;
    float[] out = output;
    float[] gammaGradient = new float[channels];
    float[] betaGradient = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double product = 0;
      for (int n = 0; n < batch; n++) {
        int from = (n * channels + c) * places;
        for (int i = from; i < from + places; i++) {
          // Nothing comes back where the rectifier gave nothing out; a branch would cost the most
          // here.
          error[i] *= Math.min(1, out[i] * Float.MAX_VALUE);
        }
        sum += FloatSums.sum(error, from, places);
        product += FloatSums.product(error, hats, from, places);
      }
      betaGradient[c] = (float) sum;
      gammaGradient[c] = (float) product;
      float scale = (float) (gamma[c] / Math.sqrt(batchVariance[c] + layerConf().getEps()));
      float meanError = (float) (sum / count);
      float meanProduct = (float) (product / count);
      for (int n = 0; n < batch; n++) {
        int from = (n * channels + c) * places;
        for (int i = from; i < from + places; i++) {
          error[i] = scale * (error[i] - meanError - hats[i] * meanProduct);
        }
      }
    }
    INDArray next =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, epsilon.dataType(), epsilon.shape(), 'c');
    put(error, next);
    Gradient gradient = new DefaultGradient();
    set(gradient, BatchNormalizationParamInitializer.GAMMA, gammaGradient);
    set(gradient, BatchNormalizationParamInitializer.BETA, betaGradient);
    set(
        gradient,
        BatchNormalizationParamInitializer.GLOBAL_MEAN,
        step(BatchNormalizationParamInitializer.GLOBAL_MEAN, batchMean));
    set(
        gradient,
        BatchNormalizationParamInitializer.GLOBAL_VAR,
        step(BatchNormalizationParamInitializer.GLOBAL_VAR, batchVariance));
    return new Pair<>(gradient, next);
  }

  /** The running statistics move by what is subtracted from them, as any parameter does. */
  private float[] step(String name, float[] ofBatch) {
    float[] running = floats(getParam(name));
    float rate = (float) (1 - layerConf().getDecay());
    for (int c = 0; c < running.length; c++) {
      running[c] = rate * (running[c] - ofBatch[c]);
    }
    return running;
  }

  private void set(Gradient gradient, String name, float[] values) {
    INDArray view = gradientViews.get(name);
    put(values, view);
    gradient.setGradientFor(name, view);
  }

  private static float[] floats(INDArray array) {
    INDArray ordered = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    float[] values = new float[(int) ordered.length()];
    new FloatPointer(ordered.data().addressPointer()).get(values);
    return values;
  }

  /** Both a fresh array and a row of parameters lie in one piece. */
  private static void put(float[] values, INDArray array) {
    new FloatPointer(array.data().addressPointer()).put(values);
  }
}
