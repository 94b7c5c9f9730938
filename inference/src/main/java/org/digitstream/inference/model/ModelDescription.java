package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.digitstream.contract.FeatureSpec;

/**
 * What {@code bundle.json} holds.
 *
 * @param format version of the file format: the first one that can say this
 * @param name what people call the model
 * @param labels the classes
 * @param featureSpec what its input is computed with
 * @param normalization what is done to the input
 * @param network its shape
 * @param lookAheadFrames see {@link StreamGeometry}
 * @param outputsPerBlock see {@link StreamGeometry}
 * @param strideFrames see {@link StreamGeometry}; null where the network's shape decides it
 * @param spotter how its probabilities become digits
 * @param weightsSha256 hash of {@code weights.bin} in hexadecimal
 * @param provenance its story
 */
record ModelDescription(
    int format,
    String name,
    List<String> labels,
    FeatureSpec featureSpec,
    Normalization normalization,
    NetworkShape network,
    int lookAheadFrames,
    int outputsPerBlock,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer strideFrames,
    SpotterSettings spotter,
    String weightsSha256,
    Provenance provenance) {
  /** Knows networks over time only. */
  private static final int FIRST_FORMAT = 1;

  /** Knows pictures. */
  static final int NEWEST_FORMAT = 2;

  ModelDescription {
    Bounds.requirePresent("name", name);
    Bounds.requirePresent("featureSpec", featureSpec);
    Bounds.requirePresent("normalization", normalization);
    Bounds.requirePresent("network", network);
    Bounds.requirePresent("spotter", spotter);
    Bounds.requirePresent("weightsSha256", weightsSha256);
    Bounds.requirePresent("provenance", provenance);
    labels = Bounds.copy("labels", labels);
  }

  /** The first format that can say this, so that older programs read what they understand. */
  static int formatOf(NetworkShape network) {
    return network instanceof TemporalShape ? FIRST_FORMAT : NEWEST_FORMAT;
  }

  /**
   * How the network walks over a stream.
   *
   * @throws IllegalArgumentException where that does not fit the network
   */
  StreamGeometry geometry() {
    if (network instanceof PictureShape picture) {
      if (outputsPerBlock != 1 || strideFrames == null) {
        throw new IllegalArgumentException(
            "a network of pictures has one output in each call, not "
                + outputsPerBlock
                + ", and strideFrames, which is "
                + strideFrames);
      }
      return StreamGeometry.of(picture, lookAheadFrames, strideFrames);
    }
    return StreamGeometry.of((TemporalShape) network, lookAheadFrames, outputsPerBlock);
  }

  /** The same with other spotter settings. */
  ModelDescription withSpotter(SpotterSettings other) {
    return new ModelDescription(
        format,
        name,
        labels,
        featureSpec,
        normalization,
        network,
        lookAheadFrames,
        outputsPerBlock,
        strideFrames,
        other,
        weightsSha256,
        provenance);
  }
}
