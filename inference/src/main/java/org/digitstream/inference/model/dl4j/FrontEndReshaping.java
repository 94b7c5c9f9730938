package org.digitstream.inference.model.dl4j;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.BaseInputPreProcessor;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Between {@code [batch, channels * bands, frames]}, as convolutions over time see it, and {@code
 * [batch, channels, bands, frames]}, as those over bands and frames do: the same values in the same
 * order. It turns whichever it is given into the other.
 */
final class FrontEndReshaping extends BaseInputPreProcessor {
  private static final long serialVersionUID = 1L;

  private final int bands;

  /**
   * A reshaping.
   *
   * @param bands height of the picture
   */
  FrontEndReshaping(int bands) {
    this.bands = bands;
  }

  private INDArray reshaped(INDArray values) {
    return values.rank() == 3
        ? values.reshape('c', values.size(0), values.size(1) / bands, (long) bands, values.size(2))
        : values.reshape('c', values.size(0), values.size(1) * values.size(2), values.size(3));
  }

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, reshaped(input));
  }

  @Override
  public INDArray backprop(INDArray errors, int miniBatchSize, LayerWorkspaceMgr workspaces) {
    return workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, reshaped(errors));
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    if (inputType instanceof InputType.InputTypeRecurrent frames) {
      return InputType.convolutional(bands, frames.getTimeSeriesLength(), frames.getSize() / bands);
    }
    InputType.InputTypeConvolutional picture = (InputType.InputTypeConvolutional) inputType;
    return InputType.recurrent(picture.getChannels() * picture.getHeight(), picture.getWidth());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
    return new Pair<>(maskArray, currentMaskState);
  }

  @Override
  public FrontEndReshaping clone() {
    return (FrontEndReshaping) super.clone();
  }
}
