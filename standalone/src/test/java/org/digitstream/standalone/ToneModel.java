package org.digitstream.standalone;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.Padding;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.SpotterSettings;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.inference.model.ViterbiSettings;
import org.digitstream.inference.model.WordEvidence;
import org.digitstream.inference.model.WordParts;

/**
 * A model whose weights were written down and not trained: it hears a 3 where the lower half of the
 * bands is loud and a 7 where the upper half is. So the tests of the road do not depend on how well
 * the shipped model hears. {@link ToneRecording} speaks to it.
 */
public final class ToneModel {
  private static final int BANDS = FeatureSpec.WIDEBAND.bands();
  private static final int KERNEL = 3;
  private static final TemporalShape SHAPE =
      new TemporalShape(BANDS, List.of(new Convolution(KERNEL, 2, 2)), ModelBundle.LABELS.size());

  private ToneModel() {}

  public static ModelBundle bundle() {
    return new ModelBundle(
        "tones",
        FeatureSpec.WIDEBAND,
        normalization(),
        SHAPE,
        1,
        4,
        new SpotterSettings(0.6f, 0.5f, 2, 3, 60, 0.5f),
        weights(),
        new Provenance("test", "2026-11-22T00:00:00Z", 1, Map.of(), List.of(), "", "", 0));
  }

  private static Normalization normalization() {
    float[] mean = new float[BANDS];
    float[] deviation = new float[BANDS];
    Arrays.fill(mean, -10);
    Arrays.fill(deviation, 4);
    return new Normalization(-17, mean, deviation);
  }

  /**
   * The same for features of the preset {@code seed}, as a network that knows digits only and is
   * shown the picture of one word at a time.
   */
  public static ModelBundle singleWords() {
    int bands = FeatureSpec.SEED.bands();
    int kernel = 8;
    PictureShape shape =
        new PictureShape(
            bands,
            bands,
            List.of(PictureShape.Convolution.square(kernel, kernel, 1)),
            ModelBundle.DIGITS.size());
    float[] weights = new float[shape.parameterCount()];
    Arrays.fill(weights, 0, kernel * kernel, 1f / (kernel * kernel));
    int half = shape.maps().get(1).size() / 2;
    int dense = kernel * kernel + 1;
    Arrays.fill(weights, dense + 3 * 2 * half, dense + 3 * 2 * half + half, 1);
    Arrays.fill(weights, dense + 7 * 2 * half + half, dense + 7 * 2 * half + 2 * half, 1);
    return new ModelBundle(
        "single-tones",
        FeatureSpec.SEED,
        Normalization.grey(bands, -45, 45),
        shape,
        OnsetSettings.ofStudyPictures(Padding.constant(-45), 0.5f),
        weights,
        new Provenance("test", "2026-11-22T00:00:00Z", 1, Map.of(), List.of(), "", "", 0));
  }

  /** The same as a network that tells the parts of words, with a decoder of strings. */
  public static ModelBundle strings() {
    TemporalShape shape =
        new TemporalShape(BANDS, List.of(new Convolution(KERNEL, 2, 2)), WordParts.CLASSES);
    float[] weights = new float[shape.parameterCount()];
    int convolution = 2 * BANDS * KERNEL + 2;
    System.arraycopy(weights(), 0, weights, 0, convolution);
    for (int label = 0; label < WordParts.CLASSES; label++) {
      int word = label / WordParts.PARTS;
      weights[convolution + 2 * label] = word == 3 ? 6 : word == 7 ? -6 : 0;
      weights[convolution + 2 * label + 1] = word == 3 ? -6 : word == 7 ? 6 : 0;
      weights[convolution + 2 * WordParts.CLASSES + label] =
          label == WordParts.SILENCE ? 3 : word == 3 || word == 7 ? 0 : -4;
    }
    return new ModelBundle(
        "string-tones",
        FeatureSpec.WIDEBAND,
        normalization(),
        shape,
        1,
        4,
        new ViterbiSettings(
            new float[WordParts.CLASSES],
            2,
            null,
            2,
            2,
            20,
            20,
            4,
            WordEvidence.MEAN_PROBABILITY,
            0.3f),
        weights,
        new Provenance("test", "2026-11-23T00:00:00Z", 1, Map.of(), List.of(), "", "", 0));
  }

  private static float[] weights() {
    float[] weights = new float[SHAPE.parameterCount()];
    int at = 0;
    // Channel 0 is the mean of the lower half of the bands, channel 1 of the upper one.
    for (int channel = 0; channel < 2; channel++) {
      for (int band = 0; band < BANDS; band++) {
        boolean mine = (band >= BANDS / 2) == (channel == 1);
        for (int frame = 0; frame < KERNEL; frame++) {
          weights[at++] = mine ? 2f / (BANDS * KERNEL) : 0;
        }
      }
    }
    at += 2; // biases
    for (int label = 0; label < ModelBundle.LABELS.size(); label++) {
      weights[at++] = label == 3 ? 6 : label == 7 ? -6 : 0;
      weights[at++] = label == 3 ? -6 : label == 7 ? 6 : 0;
    }
    for (int label = 0; label < ModelBundle.LABELS.size(); label++) {
      weights[at++] = label == 10 ? 3 : label == 3 || label == 7 ? 0 : -4;
    }
    return weights;
  }
}
