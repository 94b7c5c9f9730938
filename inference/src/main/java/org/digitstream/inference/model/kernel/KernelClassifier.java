package org.digitstream.inference.model.kernel;

import java.util.Arrays;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WindowSequence;

/**
 * A model run by loops in Java. Of a network over time whose frames are normalized without what
 * comes after them, a {@link #sequence()} computes only what is new in each window; all other
 * networks are computed anew with each window. Either way the results are the same bits, on every
 * machine.
 *
 * <p>A sequence keeps of each layer's input the frames that its kernel will see again: 21 KB for
 * the bundled model of strings.
 */
public final class KernelClassifier implements WindowClassifier {
  /** Names this engine in model ids. */
  public static final String ENGINE_ID = "java";

  private static final int WARM_UP_CALLS = 3;

  private final Normalization normalization;
  private final KernelNetwork network;
  private final int bands;
  private final int windowFrames;
  private final int blockFrames;
  private final int outputValues;
  private final boolean goesOn;
  private final float silence;

  /** The state after a window of silence, which most sequences begin with; null until needed. */
  private KernelNetwork.State silent;

  private KernelClassifier(ModelBundle model) {
    StreamGeometry geometry = model.geometry();
    normalization = model.normalization();
    network = KernelNetwork.of(model.network(), model.weights());
    bands = model.network().bands();
    windowFrames = geometry.windowFrames();
    blockFrames = geometry.blockFrames();
    outputValues = geometry.outputsPerBlock() * model.network().classes();
    silence = model.featureSpec().silence();
    goesOn =
        model.network() instanceof TemporalShape
            && !(model.spotter() instanceof OnsetSettings)
            && normalization.dependsOnEarlierFramesOnly();
    // Until the compiler has seen the loops some calls take longer than a block of audio.
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      classify(silence());
    }
  }

  /** A classifier for one thread. */
  public static KernelClassifier load(ModelBundle model) {
    return new KernelClassifier(model);
  }

  @Override
  public float[] classify(float[] window) {
    requireWindow(window);
    return network.advance(network.begin(), normalized(window, windowFrames));
  }

  @Override
  public WindowSequence sequence() {
    return goesOn ? new Continued() : this::classify;
  }

  @Override
  public String engineId() {
    return ENGINE_ID;
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private void requireWindow(float[] window) {
    if (window.length != windowFrames * bands) {
      throw new IllegalArgumentException(
          "a window of "
              + window.length
              + " values is not "
              + windowFrames
              + " frames of "
              + bands);
    }
  }

  /** What the network sees of the last frames of a window, and these with those before them. */
  private float[] normalized(float[] window, int lastFrames) {
    float[] frames = Arrays.copyOfRange(window, window.length - lastFrames * bands, window.length);
    float[] picture = normalization.picture(frames);
    int count = picture.length / bands;
    float[] byFrame = new float[picture.length];
    for (int band = 0; band < bands; band++) {
      for (int frame = 0; frame < count; frame++) {
        byFrame[frame * bands + band] = picture[band * count + frame];
      }
    }
    return byFrame;
  }

  private final class Continued implements WindowSequence {
    private KernelNetwork.State state;

    @Override
    public float[] next(float[] window) {
      requireWindow(window);
      int news = blockFrames;
      if (state == null) {
        int blocksHeard = (windowFrames - silentFrames(window) + blockFrames - 1) / blockFrames;
        news = Math.max(1, blocksHeard) * blockFrames;
        if (normalization.framesBefore() + news > windowFrames) {
          state = network.begin();
          return network.advance(state, normalized(window, windowFrames));
        }
        state = afterSilence();
      }
      float[] outputs =
          network.advance(state, normalized(window, normalization.framesBefore() + news));
      return outputs.length == outputValues
          ? outputs
          : Arrays.copyOfRange(outputs, outputs.length - outputValues, outputs.length);
    }
  }

  private int silentFrames(float[] window) {
    int values = 0;
    while (values < window.length && window[values] == silence) {
      values++;
    }
    return values / bands;
  }

  private KernelNetwork.State afterSilence() {
    if (silent == null) {
      silent = network.begin();
      network.advance(silent, normalized(silence(), windowFrames));
    }
    return silent.copy();
  }

  private float[] silence() {
    float[] window = new float[windowFrames * bands];
    Arrays.fill(window, silence);
    return window;
  }
}
