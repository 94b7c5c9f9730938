package org.digitstream.training.network;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code [batch, channels, frames]} as {@code [batch, channels, frames, 1]}: the same numbers. */
final class SequencesToImages implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray preProcess(INDArray x, int batch, LayerWorkspaceMgr workspaces) {
    return workspaces.leverageTo(
        ArrayType.ACTIVATIONS, x.dup('c').reshape('c', x.size(0), x.size(1), x.size(2), 1));
  }

  @Override
  public INDArray backprop(INDArray x, int batch, LayerWorkspaceMgr workspaces) {
    return workspaces.leverageTo(
        ArrayType.ACTIVATION_GRAD, x.dup('c').reshape('c', x.size(0), x.size(1), x.size(2)));
  }

  @Override
  public InputPreProcessor clone() {
    return new SequencesToImages();
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    InputType.InputTypeRecurrent sequences = (InputType.InputTypeRecurrent) inputType;
    return InputType.convolutional(sequences.getTimeSeriesLength(), 1, sequences.getSize());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    return new Pair<>(mask, state);
  }
}
