package org.digitstream.training.pretraining;

import org.digitstream.inference.model.PictureShape.FeatureMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolution without padding, its reverse, and their gradients, as native operations into given
 * memory. DL4J's own layers, made of the same operations, take four times as long for these nets.
 *
 * <p>A deconvolution is what a convolution's gradient does to its input. So both have weights
 * {@code [small channels, large channels, height, width]}, where the convolution leads from the
 * large side to the small one; and the gradient of the weights is the same function of the two
 * sides' values.
 */
public final class ConvolutionOperations {
  // Weights [output, input, height, width] for conv2d and [input, output, height, width] for
  // deconv2d.
  private static final int WEIGHT_FORMAT = 1;

  private final int[] arguments;

  /** Of one kernel and stride. */
  public ConvolutionOperations(
      int kernelHeight, int kernelWidth, int strideHeight, int strideWidth) {
    arguments =
        new int[] {
          kernelHeight, kernelWidth, strideHeight, strideWidth, 0, 0, 1, 1, 0, 0, WEIGHT_FORMAT
        };
  }

  /** {@code small = large * weights + bias}. */
  public void convolve(INDArray large, INDArray weights, INDArray bias, INDArray small) {
    execute("conv2d", new INDArray[] {large, weights, bias}, new INDArray[] {small});
  }

  /** {@code small = large * weights}: also the gradient that a deconvolution passes on. */
  public void convolve(INDArray large, INDArray weights, INDArray small) {
    execute("conv2d", new INDArray[] {large, weights}, new INDArray[] {small});
  }

  /** Spreads each small value over its kernel, and adds the bias. */
  public void deconvolve(INDArray small, INDArray weights, INDArray bias, INDArray large) {
    execute("deconv2d", new INDArray[] {small, weights}, new INDArray[] {large});
    // Given to deconv2d, the bias would make it three times as slow.
    Nd4j.exec(
        DynamicCustomOp.builder("biasadd")
            .addInputs(large, bias)
            .addOutputs(large)
            .addBooleanArguments(true)
            .build());
  }

  /** Whether the kernels reach to the last value of the large side. */
  public boolean coversExactly(FeatureMap large, FeatureMap small) {
    return (small.bands() - 1) * arguments[2] + arguments[0] == large.bands()
        && (small.frames() - 1) * arguments[3] + arguments[1] == large.frames();
  }

  /**
   * The gradients of a convolution. Where only that of the weights is needed and the kernels {@link
   * #coversExactly cover} the input, {@link #deconvolutionGradients} is faster.
   *
   * @param large the input
   * @param smallGradient gradient of the output
   * @param largeGradient receives the gradient of the input
   * @param weightGradient receives the gradient of the weights
   */
  public void convolutionGradients(
      INDArray large,
      INDArray weights,
      INDArray smallGradient,
      INDArray largeGradient,
      INDArray weightGradient) {
    execute(
        "conv2d_bp",
        new INDArray[] {large, weights, smallGradient},
        new INDArray[] {largeGradient, weightGradient});
  }

  /**
   * The gradients of a deconvolution; given a convolution's input as {@code large} and the gradient
   * of its output as {@code small}, {@code weightGradient} is that of its weights.
   *
   * @param small the input
   * @param large gradient of the output
   * @param smallGradient receives the gradient of the input
   * @param weightGradient receives the gradient of the weights
   */
  public void deconvolutionGradients(
      INDArray small,
      INDArray weights,
      INDArray large,
      INDArray smallGradient,
      INDArray weightGradient) {
    execute(
        "deconv2d_bp",
        new INDArray[] {small, weights, large},
        new INDArray[] {smallGradient, weightGradient});
  }

  private void execute(String operation, INDArray[] inputs, INDArray[] outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments)
            .build());
  }

  /** {@code values = max(values, 0)}. */
  public static void rectify(INDArray values) {
    Nd4j.exec(
        DynamicCustomOp.builder("relu")
            .addInputs(values)
            .addOutputs(values)
            .addFloatingPointArguments(0.0)
            .build());
  }

  /**
   * Sets the gradient to 0 where the rectifier's output is.
   *
   * @param output of the rectifier, which is lost: it becomes 1 where it was positive
   */
  public static void rectifyGradient(INDArray output, INDArray gradient) {
    Nd4j.getExecutioner().exec(new Step(output, output, 0));
    gradient.muli(output);
  }
}
