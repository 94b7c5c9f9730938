package org.digitstream.inference.model.kernel;

import java.util.Arrays;

/**
 * One layer: a convolution over bands and frames without padding. A layer over time, or a dense
 * one, is one whose kernel is as high, or as large, as its input.
 *
 * <p>A frame of its input is {@code [band][channel]}, so what a kernel sees of one frame lies
 * together. Each output is its bias and then, added one after the other in this order, the products
 * of frame, band and channel. Java says what each of these sums is, to the bit, and as all channels
 * are summed side by side the compiler may take as many of them at once as the machine can. The
 * arrays of the innermost loops are all indexed by the loop's counter alone: with an offset Java 17
 * would not see that they do not overlap, and would not use vector instructions.
 */
final class ConvolutionKernel {
  private final int inputFrameValues;
  private final int kernelFrames;
  private final int strideFrames;
  private final int bandStep;
  private final int valuesSeenPerFrame;
  private final int outputBands;
  private final int outputChannels;
  private final boolean rectified;
  private final float[][] weights;
  private final float[] biases;
  private final float[] sums;
  private final int[] present;

  /**
   * A layer.
   *
   * @param inputBands height of the input
   * @param inputChannels depth of the input
   * @param size kernel, strides and channels of the output
   * @param rectified whether a rectifier follows
   * @param parameters as in the model file: {@code [output][input][band][frame]}, then the biases
   * @param from where this layer's begin
   */
  ConvolutionKernel(
      int inputBands,
      int inputChannels,
      Size size,
      boolean rectified,
      float[] parameters,
      int from) {
    this.inputFrameValues = inputBands * inputChannels;
    this.kernelFrames = size.kernelFrames;
    this.strideFrames = size.strideFrames;
    this.bandStep = size.strideBands * inputChannels;
    this.valuesSeenPerFrame = size.kernelBands * inputChannels;
    this.outputBands = (inputBands - size.kernelBands) / size.strideBands + 1;
    this.outputChannels = size.channels;
    this.rectified = rectified;
    this.weights = new float[kernelFrames * valuesSeenPerFrame][outputChannels];
    int at = from;
    for (int output = 0; output < outputChannels; output++) {
      for (int input = 0; input < inputChannels; input++) {
        for (int band = 0; band < size.kernelBands; band++) {
          for (int frame = 0; frame < kernelFrames; frame++) {
            weights[frame * valuesSeenPerFrame + band * inputChannels + input][output] =
                parameters[at++];
          }
        }
      }
    }
    this.biases = Arrays.copyOfRange(parameters, at, at + outputChannels);
    this.sums = new float[outputChannels];
    this.present = new int[valuesSeenPerFrame];
  }

  /** What a layer's kernel covers, how it moves, and what it leaves. */
  record Size(int kernelBands, int kernelFrames, int strideBands, int strideFrames, int channels) {}

  int parameterCount() {
    return (weights.length + 1) * outputChannels;
  }

  int inputFrameValues() {
    return inputFrameValues;
  }

  int outputBands() {
    return outputBands;
  }

  int outputChannels() {
    return outputChannels;
  }

  int outputFrameValues() {
    return outputBands * outputChannels;
  }

  int strideFrames() {
    return strideFrames;
  }

  /** How many outputs some frames of input make. */
  int outputs(int inputFrames) {
    return inputFrames < kernelFrames ? 0 : (inputFrames - kernelFrames) / strideFrames + 1;
  }

  /**
   * Computes some frames of output.
   *
   * @param input holds frames from {@code inputFrom} on
   * @param output takes {@code outputs} frames from {@code outputFrom} on
   */
  void apply(float[] input, int inputFrom, int outputs, float[] output, int outputFrom) {
    int to = outputFrom;
    for (int frame = 0; frame < outputs; frame++) {
      int first = inputFrom + frame * strideFrames * inputFrameValues;
      for (int band = 0; band < outputBands; band++) {
        System.arraycopy(biases, 0, sums, 0, outputChannels);
        int row = 0;
        for (int k = 0; k < kernelFrames; k++) {
          addFrame(input, first + k * inputFrameValues + band * bandStep, row);
          row += valuesSeenPerFrame;
        }
        if (rectified) {
          rectify(sums);
        }
        System.arraycopy(sums, 0, output, to, outputChannels);
        to += outputChannels;
      }
    }
  }

  /** Inputs of 0, which a rectifier leaves in great number, add nothing and are left out. */
  private void addFrame(float[] input, int from, int firstRow) {
    int count = 0;
    for (int i = 0; i < valuesSeenPerFrame; i++) {
      present[count] = i;
      count += input[from + i] == 0 ? 0 : 1;
    }
    int n = 0;
    for (; n + 4 <= count; n += 4) {
      int a = present[n];
      int b = present[n + 1];
      int c = present[n + 2];
      int d = present[n + 3];
      addFour(
          sums,
          input[from + a],
          weights[firstRow + a],
          input[from + b],
          weights[firstRow + b],
          input[from + c],
          weights[firstRow + c],
          input[from + d],
          weights[firstRow + d]);
    }
    for (; n < count; n++) {
      addOne(sums, input[from + present[n]], weights[firstRow + present[n]]);
    }
  }

  private static void addFour(
      float[] sums,
      float a,
      float[] ofA,
      float b,
      float[] ofB,
      float c,
      float[] ofC,
      float d,
      float[] ofD) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = (((sums[j] + a * ofA[j]) + b * ofB[j]) + c * ofC[j]) + d * ofD[j];
    }
  }

  private static void addOne(float[] sums, float a, float[] ofA) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += a * ofA[j];
    }
  }

  private static void rectify(float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.max(sums[j], 0);
    }
  }
}
