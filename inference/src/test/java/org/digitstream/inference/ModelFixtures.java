package org.digitstream.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.JudgeShape;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.SpotterSettings;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.inference.model.ViterbiSettings;
import org.digitstream.inference.model.WordEvidence;
import org.digitstream.inference.model.WordParts;

/** Small models with random weights: whole in every respect but that they recognize nothing. */
public final class ModelFixtures {
  public static final SpotterSettings SPOTTER = new SpotterSettings(0.5f, 0.4f, 2, 3, 60, 0.3f);

  public static final Provenance PROVENANCE =
      new Provenance("test", "2026-11-22T00:00:00Z", 1, Map.of(), List.of(), "", "", 0);

  private ModelFixtures() {}

  public static TemporalShape smallShape() {
    return new TemporalShape(
        FeatureSpec.WIDEBAND.bands(),
        List.of(new Convolution(5, 2, 6), new Convolution(3, 1, 4), new Convolution(1, 1, 4)),
        ModelBundle.LABELS.size());
  }

  public static ModelBundle smallModel(long seed) {
    return smallModel(someWeights(smallShape().parameterCount(), seed));
  }

  public static ModelBundle smallModel(float[] weights) {
    return new ModelBundle(
        "small",
        FeatureSpec.WIDEBAND,
        normalization(),
        smallShape(),
        3,
        4,
        SPOTTER,
        weights,
        PROVENANCE);
  }

  /** Tells parts of words every 2 frames, 2 outputs in a call, over 20 frames before each one. */
  public static ModelBundle smallStringModel(long seed) {
    TemporalShape shape =
        new TemporalShape(
            FeatureSpec.WIDEBAND.bands(),
            List.of(new PictureShape.Convolution(9, 5, 6, 2, 3)),
            List.of(new Convolution(3, 1, 4)),
            WordParts.CLASSES);
    int bands = FeatureSpec.WIDEBAND.bands();
    float[] deviation = new float[bands];
    Arrays.fill(deviation, 3);
    return new ModelBundle(
        "small-strings",
        FeatureSpec.WIDEBAND,
        new Normalization(-17, null, true, 11f, 20, new float[bands], deviation),
        shape,
        3,
        2,
        new ViterbiSettings(
            new float[WordParts.CLASSES],
            3,
            null,
            2,
            2,
            20,
            10,
            4,
            new WordEvidence(0.2f, 1, 0.5f, 0.1f, 0.5f, 10),
            0.3f),
        someWeights(shape.parameterCount(), seed),
        PROVENANCE);
  }

  /** A small model of strings with a judge. */
  public static ModelBundle smallJudgedModel(long seed) {
    ModelBundle model = smallStringModel(seed);
    JudgeShape shape = new JudgeShape(6, 0.5f);
    return model.withJudge(shape, someWeights(shape.parameterCount(model.hidden()), seed + 1));
  }

  /** Kernels and strides that differ in every direction, so that no two axes can be confused. */
  public static PictureShape smallPictureShape(int classes) {
    return new PictureShape(
        FeatureSpec.WIDEBAND.bands(),
        23,
        List.of(
            new PictureShape.Convolution(6, 4, 3, 2, 3),
            new PictureShape.Convolution(2, 3, 1, 2, 5)),
        classes);
  }

  /** Classifies a picture of 23 frames every 6 frames. */
  public static ModelBundle smallPictureModel(long seed) {
    PictureShape shape = smallPictureShape(ModelBundle.LABELS.size());
    return new ModelBundle(
        "small-picture",
        FeatureSpec.WIDEBAND,
        normalization(),
        shape,
        4,
        6,
        SPOTTER,
        someWeights(shape.parameterCount(), seed),
        PROVENANCE);
  }

  public static float[] someWeights(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[count];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextDouble() - 0.5);
    }
    return weights;
  }

  public static Normalization normalization() {
    int bands = FeatureSpec.WIDEBAND.bands();
    float[] mean = new float[bands];
    float[] deviation = new float[bands];
    Arrays.fill(mean, -10);
    Arrays.fill(deviation, 4);
    return new Normalization(-17, mean, deviation);
  }
}
