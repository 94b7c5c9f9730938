package org.digitstream.inference.model.kernel;

import java.util.Arrays;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.RunningNormalizer;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.Window;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WindowSequence;

/**
 * A model run by loops in Java. Of a network over time whose frames are normalized without what
 * comes after them, a {@link #sequence()} computes only what is new in each window; all other
 * networks are computed anew with each window. Either way the results are the same bits, on every
 * machine.
 *
 * <p>A sequence keeps of each layer's input the frames that its kernel will see again, and the
 * frames that the next ones are normalized by: 37 KB for the bundled model of strings.
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
  private final int hiddenValues;
  private final boolean goesOn;
  private final float silence;

  /** The frames of a call, and what the network sees of them; used by all sequences in turn. */
  private final float[] block;

  private final float[] seenOfBlock;

  /** The state after a window of silence, which most sequences begin with; null until needed. */
  private KernelNetwork.State silent;

  private KernelClassifier(ModelBundle model) {
    StreamGeometry geometry = model.geometry();
    normalization = model.normalization();
    network = KernelNetwork.of(model.network(), model.weights(), model.judge().isPresent());
    hiddenValues = geometry.outputsPerBlock() * model.hidden();
    bands = model.network().bands();
    windowFrames = geometry.windowFrames();
    blockFrames = geometry.blockFrames();
    outputValues = geometry.outputsPerBlock() * model.network().classes();
    silence = model.featureSpec().silence();
    block = new float[blockFrames * bands];
    seenOfBlock = new float[blockFrames * bands];
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
    return activations(window).probabilities();
  }

  @Override
  public Activations activations(float[] window) {
    requireWindow(window.length);
    return network.advance(network.begin(), normalized(window));
  }

  @Override
  public WindowSequence sequence() {
    return goesOn ? new Continued() : WindowClassifier.super.sequence();
  }

  @Override
  public String engineId() {
    return ENGINE_ID;
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private void requireWindow(int values) {
    if (values != windowFrames * bands) {
      throw new IllegalArgumentException(
          "a window of " + values + " values is not " + windowFrames + " frames of " + bands);
    }
  }

  /** What the network sees of a window: {@code [frame * bands + band]}. */
  private float[] normalized(float[] window) {
    float[] picture = normalization.picture(window);
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
    private RunningNormalizer normalizer;
    private KernelNetwork.State state;

    @Override
    public Activations next(Window window) {
      requireWindow(window.frames() * window.bands());
      Activations all = state == null ? begin(window.values()) : goOn(window);
      return all.probabilities().length == outputValues
          ? all
          : new Activations(
              last(all.probabilities(), outputValues),
              last(all.hidden(), Math.min(hiddenValues, all.hidden().length)));
    }

    private float[] last(float[] values, int count) {
      return Arrays.copyOfRange(values, values.length - count, values.length);
    }

    private Activations begin(float[] window) {
      int before = normalization.framesBefore();
      int blocksHeard = (windowFrames - silentFrames(window) + blockFrames - 1) / blockFrames;
      int news = Math.max(1, blocksHeard) * blockFrames;
      if (before + news > windowFrames) {
        news = windowFrames - before;
        state = network.begin();
      } else {
        state = afterSilence();
      }
      normalizer = normalization.frameByFrame();
      int first = (windowFrames - news) * bands;
      for (int from = first - before * bands; from < first; from += bands) {
        normalizer.before(window, from);
      }
      return advance(window, first, news);
    }

    private Activations goOn(Window window) {
      window.copyLast(blockFrames, block);
      return advance(block, 0, blockFrames);
    }

    private Activations advance(float[] frames, int from, int count) {
      float[] seen = count == blockFrames ? seenOfBlock : new float[count * bands];
      for (int at = 0; at < count * bands; at += bands) {
        normalizer.next(frames, from + at, seen, at, 1);
      }
      return network.advance(state, seen);
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
      network.advance(silent, normalized(silence()));
    }
    return silent.copy();
  }

  private float[] silence() {
    float[] window = new float[windowFrames * bands];
    Arrays.fill(window, silence);
    return window;
  }
}
