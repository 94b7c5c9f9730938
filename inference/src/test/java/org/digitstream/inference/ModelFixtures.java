package org.digitstream.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.NetworkShape;
import org.digitstream.inference.model.NetworkShape.Convolution;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.SpotterSettings;

/** Small models with random weights: whole in every respect but that they recognize nothing. */
public final class ModelFixtures {
  public static final SpotterSettings SPOTTER = new SpotterSettings(0.5f, 0.4f, 2, 3, 60, 0.3f);

  private ModelFixtures() {}

  public static NetworkShape smallShape() {
    return new NetworkShape(
        FeatureSpec.WIDEBAND.bands(),
        List.of(new Convolution(5, 2, 6), new Convolution(3, 1, 4), new Convolution(1, 1, 4)),
        ModelBundle.LABELS.size());
  }

  public static ModelBundle smallModel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[smallShape().parameterCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextDouble() - 0.5);
    }
    return smallModel(weights);
  }

  public static ModelBundle smallModel(float[] weights) {
    int bands = FeatureSpec.WIDEBAND.bands();
    float[] mean = new float[bands];
    float[] deviation = new float[bands];
    Arrays.fill(mean, -10);
    Arrays.fill(deviation, 4);
    return new ModelBundle(
        "small",
        FeatureSpec.WIDEBAND,
        new Normalization(-17, mean, deviation),
        smallShape(),
        3,
        4,
        SPOTTER,
        weights,
        new Provenance("test", "2026-11-22T00:00:00Z", 1, Map.of(), List.of(), "", "", 0));
  }
}
