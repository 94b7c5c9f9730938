package org.digitstream.inference.model.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.NetworkShape;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.kernel.ConvolutionKernel.Size;

/**
 * A stack of {@link ConvolutionKernel}s and a softmax, which is given the frames of a stream piece
 * by piece and computes each value once. One thread at a time.
 */
final class KernelNetwork {
  private final List<ConvolutionKernel> layers;
  private final int classes;
  private final boolean keepsHidden;

  /** What each layer is given in one call, reused by all calls. */
  private final float[][] inputs;

  private KernelNetwork(List<ConvolutionKernel> layers, int classes, boolean keepsHidden) {
    this.layers = List.copyOf(layers);
    this.classes = classes;
    this.keepsHidden = keepsHidden;
    this.inputs = new float[layers.size() + 1][0];
  }

  /**
   * What a stream leaves behind for its next frames: of each layer's input the frames that outputs
   * to come will see again, so at most one frame less than its kernel is wide.
   */
  static final class State {
    private final float[][] frames;
    private final int[] counts;

    private State(int layers) {
      frames = new float[layers][0];
      counts = new int[layers];
    }

    /** The same again, independent of this one. */
    State copy() {
      State copy = new State(counts.length);
      System.arraycopy(counts, 0, copy.counts, 0, counts.length);
      for (int layer = 0; layer < counts.length; layer++) {
        copy.frames[layer] = frames[layer].clone();
      }
      return copy;
    }

    /** Number of values that are kept. */
    int values() {
      return Arrays.stream(frames).mapToInt(kept -> kept.length).sum();
    }
  }

  /**
   * A network.
   *
   * @param shape its shape
   * @param parameters weights and biases in the order of the model file; more may follow
   * @param keepsHidden whether to tell what its last layer is given, which must look at one moment
   */
  static KernelNetwork of(NetworkShape shape, float[] parameters, boolean keepsHidden) {
    List<Size> sizes = new ArrayList<>();
    if (shape instanceof PictureShape picture) {
      picture.convolutions().forEach(layer -> sizes.add(size(layer)));
      List<PictureShape.FeatureMap> maps = picture.maps();
      PictureShape.FeatureMap left = maps.get(maps.size() - 1);
      sizes.add(new Size(left.bands(), left.frames(), 1, 1, picture.classes()));
    } else {
      TemporalShape temporal = (TemporalShape) shape;
      temporal.frontEnd().forEach(layer -> sizes.add(size(layer)));
      int bands = temporal.bandsLeft();
      for (TemporalShape.Convolution layer : temporal.convolutions()) {
        sizes.add(new Size(bands, layer.kernelFrames(), 1, layer.stride(), layer.channels()));
        bands = 1;
      }
      sizes.add(new Size(1, 1, 1, 1, temporal.classes()));
    }
    List<ConvolutionKernel> layers = new ArrayList<>();
    int bands = shape.bands();
    int channels = 1;
    int at = 0;
    for (Size size : sizes) {
      boolean last = layers.size() == sizes.size() - 1;
      ConvolutionKernel layer = new ConvolutionKernel(bands, channels, size, !last, parameters, at);
      layers.add(layer);
      bands = layer.outputBands();
      channels = layer.outputChannels();
      at += layer.parameterCount();
    }
    return new KernelNetwork(layers, shape.classes(), keepsHidden);
  }

  private static Size size(PictureShape.Convolution layer) {
    return new Size(
        layer.kernelBands(),
        layer.kernelFrames(),
        layer.strideBands(),
        layer.strideFrames(),
        layer.channels());
  }

  /** The state before the first frame. */
  State begin() {
    return new State(layers.size());
  }

  /**
   * Goes on by some frames.
   *
   * @param state where the stream is; moved on
   * @param frames {@code frames[frame * bands + band]}, normalized
   * @return of the outputs that these frames complete; with the last layer's input if that was
   *     asked for
   */
  Activations advance(State state, float[] frames) {
    int bands = layers.get(0).inputFrameValues();
    place(state, 0, frames.length / bands);
    System.arraycopy(frames, 0, inputs[0], Math.max(0, state.counts[0]) * bands, frames.length);
    int added = frames.length / bands;
    for (int l = 0; l < layers.size(); l++) {
      ConvolutionKernel layer = layers.get(l);
      // A kernel narrower than its stride leaves frames out: then their number is below zero.
      int skipped = Math.max(0, -state.counts[l]);
      int there = state.counts[l] + added;
      int outputs = layer.outputs(there);
      int before = place(state, l + 1, outputs);
      layer.apply(
          inputs[l],
          skipped * layer.inputFrameValues(),
          outputs,
          inputs[l + 1],
          before * layer.outputFrameValues());
      keep(
          state,
          l,
          skipped + outputs * layer.strideFrames(),
          there - outputs * layer.strideFrames());
      added = outputs;
    }
    float[] probabilities = softmax(inputs[layers.size()], added);
    int last = layers.size() - 1;
    return keepsHidden
        ? new Activations(
            probabilities, Arrays.copyOf(inputs[last], added * layers.get(last).inputFrameValues()))
        : Activations.of(probabilities);
  }

  /** Lays down what a layer's input keeps, with room for more; how many frames that is. */
  private int place(State state, int layer, int added) {
    boolean output = layer == layers.size();
    int frameValues = output ? classes : layers.get(layer).inputFrameValues();
    int kept = output ? 0 : Math.max(0, state.counts[layer]);
    int needed = (kept + added) * frameValues;
    if (inputs[layer].length < needed) {
      inputs[layer] = new float[needed];
    }
    if (!output) {
      System.arraycopy(state.frames[layer], 0, inputs[layer], 0, kept * frameValues);
    }
    return kept;
  }

  private void keep(State state, int layer, int firstFrame, int frames) {
    int frameValues = layers.get(layer).inputFrameValues();
    int values = Math.max(0, frames) * frameValues;
    if (state.frames[layer].length != values) {
      state.frames[layer] = new float[values];
    }
    if (values > 0) {
      System.arraycopy(inputs[layer], firstFrame * frameValues, state.frames[layer], 0, values);
    }
    state.counts[layer] = frames;
  }

  private float[] softmax(float[] logits, int outputs) {
    float[] probabilities = new float[outputs * classes];
    double[] powers = new double[classes];
    for (int from = 0; from < probabilities.length; from += classes) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        greatest = Math.max(greatest, logits[from + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        // Math.exp may differ from machine to machine.
        powers[c] = StrictMath.exp(logits[from + c] - greatest);
        sum += powers[c];
      }
      for (int c = 0; c < classes; c++) {
        probabilities[from + c] = (float) (powers[c] / sum);
      }
    }
    return probabilities;
  }
}
