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
 * @param judge judges words once they are over; null for none
 * @param calibration makes its confidences mean what they say; null for none
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
    Spotting spotter,
    @JsonInclude(JsonInclude.Include.NON_NULL) JudgeShape judge,
    @JsonInclude(JsonInclude.Include.NON_NULL) Calibration calibration,
    String weightsSha256,
    Provenance provenance) {
  /** Knows networks over time, without a ceiling or a calibration, spotted continuously. */
  static final int FIRST_FORMAT = 1;

  /** Knows all but judges. */
  static final int SECOND_FORMAT = 2;

  /** Knows all there is. */
  static final int NEWEST_FORMAT = 3;

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

  /** The description of a new model, in the first format that can say all of it. */
  static ModelDescription of(
      String name,
      FeatureSpec featureSpec,
      Normalization normalization,
      NetworkShape network,
      StreamGeometry geometry,
      Spotting spotter,
      String weightsSha256,
      Provenance provenance) {
    boolean picture = network instanceof PictureShape;
    return new ModelDescription(
        format(network, normalization, spotter, null, null),
        name,
        labels(network.classes()),
        featureSpec,
        normalization,
        network,
        geometry.lookAheadFrames(),
        geometry.outputsPerBlock(),
        picture ? geometry.strideFrames() : null,
        spotter,
        null,
        null,
        weightsSha256,
        provenance);
  }

  private static List<String> labels(int classes) {
    return classes == ModelBundle.DIGITS.size()
        ? ModelBundle.DIGITS
        : classes == WordParts.CLASSES ? WordParts.LABELS : ModelBundle.LABELS;
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
    return StreamGeometry.of(
        (TemporalShape) network, lookAheadFrames, outputsPerBlock, normalization.framesBefore());
  }

  /** The same with other spotter settings. */
  ModelDescription withSpotter(Spotting other) {
    return with(other, judge, weightsSha256, calibration, provenance);
  }

  /** The same with another calibration; null for none. */
  ModelDescription withCalibration(Calibration other) {
    return with(spotter, judge, weightsSha256, other, provenance);
  }

  /** The same with another story. */
  ModelDescription withProvenance(Provenance other) {
    return with(spotter, judge, weightsSha256, calibration, other);
  }

  /** The same with a judge, whose weights follow those of the network. */
  ModelDescription withJudge(JudgeShape other, String otherWeightsSha256) {
    return with(spotter, other, otherWeightsSha256, calibration, provenance);
  }

  /** How many values the network's last layer is given for each output. */
  int hidden() {
    return network instanceof TemporalShape temporal ? temporal.hidden() : 0;
  }

  /** Weights and biases of all that is in the model. */
  int parameterCount() {
    return network.parameterCount() + (judge == null ? 0 : judge.parameterCount(hidden()));
  }

  private ModelDescription with(
      Spotting otherSpotter,
      JudgeShape otherJudge,
      String otherWeightsSha256,
      Calibration otherCalibration,
      Provenance otherProvenance) {
    return new ModelDescription(
        format(network, normalization, otherSpotter, otherJudge, otherCalibration),
        name,
        labels,
        featureSpec,
        normalization,
        network,
        lookAheadFrames,
        outputsPerBlock,
        strideFrames,
        otherSpotter,
        otherJudge,
        otherCalibration,
        otherWeightsSha256,
        otherProvenance);
  }

  private static int format(
      NetworkShape network,
      Normalization normalization,
      Spotting spotter,
      JudgeShape judge,
      Calibration calibration) {
    if (judge != null) {
      return NEWEST_FORMAT;
    }
    return network instanceof PictureShape
            || spotter instanceof ViterbiSettings
            || normalization.ceiling() != null
            || calibration != null
        ? SECOND_FORMAT
        : FIRST_FORMAT;
  }
}
