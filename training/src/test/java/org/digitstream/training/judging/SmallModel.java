package org.digitstream.training.judging;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.ViterbiSettings;
import org.digitstream.inference.model.WordEvidence;
import org.digitstream.inference.model.WordParts;

/** A model of strings that was never trained. */
final class SmallModel {
  private SmallModel() {}

  static ModelBundle withHidden(int hidden) {
    int bands = FeatureSpec.WIDEBAND.bands();
    TemporalShape shape =
        new TemporalShape(
            bands, List.of(new TemporalShape.Convolution(3, 2, hidden)), WordParts.CLASSES);
    float[] deviation = new float[bands];
    Arrays.fill(deviation, 3);
    return new ModelBundle(
        "small",
        FeatureSpec.WIDEBAND,
        new Normalization(-17, null, true, 11f, 20, new float[bands], deviation),
        shape,
        1,
        2,
        new ViterbiSettings(
            new float[WordParts.CLASSES],
            0,
            null,
            2,
            1,
            20,
            10,
            4,
            WordEvidence.MEAN_PROBABILITY,
            0.3f),
        new float[shape.parameterCount()],
        new Provenance("test", "", 1, Map.of(), List.of(), "", "", 0));
  }
}
