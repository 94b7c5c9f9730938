package org.digitstream.inference.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.SpotterSettings;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.inference.model.WindowClassifier;

/** Frames that stand for speech, and a classifier that understands them without a network. */
final class Speech {
  static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  static final int BANDS = SPEC.bands();
  static final int WORD_FRAMES = 30;
  static final int PAUSE_FRAMES = 40;

  /** The geometry of some network; its weights are never looked at. */
  static final ModelBundle MODEL = model();

  private Speech() {}

  /** A pause, then each digit with a pause behind it: band {@code 4 * digit} is loud in a word. */
  static float[] frames(int... digits) {
    int count = PAUSE_FRAMES + digits.length * (WORD_FRAMES + PAUSE_FRAMES);
    float[] values = new float[count * BANDS];
    Arrays.fill(values, -20);
    for (int word = 0; word < digits.length; word++) {
      int first = PAUSE_FRAMES + word * (WORD_FRAMES + PAUSE_FRAMES);
      for (int frame = first; frame < first + WORD_FRAMES; frame++) {
        // A little different in every frame, so that a frame in the wrong place is noticed.
        values[frame * BANDS + 4 * digits[word]] = 1 + frame * 1e-3f;
      }
    }
    return values;
  }

  /** Knows the loudest band; its confidence depends on every bit of the window. */
  static final class Listener implements WindowClassifier {
    private int closed;

    @Override
    public float[] classify(float[] window) {
      int frames = MODEL.geometry().windowFrames();
      int outputs = MODEL.geometry().outputsPerBlock();
      int stride = MODEL.geometry().strideFrames();
      int classes = MODEL.network().classes();
      float[] probabilities = new float[outputs * classes];
      float flavour = (Arrays.hashCode(window) >>> 8) / (float) (1 << 24) * 0.01f;
      for (int output = 0; output < outputs; output++) {
        int frame = frames - 1 - (outputs - 1 - output) * stride;
        int loudest = 0;
        for (int band = 1; band < BANDS; band++) {
          if (window[frame * BANDS + band] > window[frame * BANDS + loudest]) {
            loudest = band;
          }
        }
        boolean speech = window[frame * BANDS + loudest] > 0;
        int heard = speech ? loudest / 4 : classes - 1;
        Arrays.fill(probabilities, output * classes, (output + 1) * classes, 0.001f);
        probabilities[output * classes + heard] = 0.95f + flavour;
      }
      return probabilities;
    }

    @Override
    public String engineId() {
      return "listener";
    }

    @Override
    public void close() {
      closed++;
    }

    int closed() {
      return closed;
    }
  }

  private static ModelBundle model() {
    TemporalShape shape =
        new TemporalShape(BANDS, List.of(new Convolution(9, 2, 4), new Convolution(9, 1, 4)), 11);
    float[] ones = new float[BANDS];
    Arrays.fill(ones, 1);
    return new ModelBundle(
        "speech",
        SPEC,
        new Normalization(-20, new float[BANDS], ones),
        shape,
        0,
        5,
        new SpotterSettings(0.6f, 0.4f, 3, 3, 100, 0.5f),
        new float[shape.parameterCount()],
        new Provenance("a test", "2026-11-22T00:00:00Z", 1, Map.of(), List.of(), "", "", 0));
  }
}
