package org.digitstream.training.network;

import java.util.Map;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.training.augmentation.Scenes;

/** What a network is shown of the scenes that are composed for it. */
public sealed interface Examples permits StripExamples, WindowExamples {
  /** What sort of scenes is composed. */
  Scenes scenes();

  /** Length of a scene, in frames. */
  int stripFrames();

  /** Examples that one scene gives. */
  int perStrip();

  /**
   * What is done to the features before the network sees them.
   *
   * @param floor the least value that is told from silence
   * @param mean of each band
   * @param standardDeviation of each band
   */
  Normalization normalization(float floor, float[] mean, float[] standardDeviation);

  /** Every setting by name. */
  Map<String, String> settings();

  /** Whole scenes, for a network over time. */
  static StripExamples strips(
      TemporalShape shape, int lookAheadFrames, int outputsPerBlock, int outputsPerStrip) {
    return new StripExamples(shape, lookAheadFrames, outputsPerBlock, outputsPerStrip);
  }

  /** Windows of scenes, for a network that classifies pictures. */
  static WindowExamples windows(
      PictureShape shape,
      int strideFrames,
      int soonestFrames,
      int latestFrames,
      int perStrip,
      double digitShare) {
    return new WindowExamples(
        shape, strideFrames, soonestFrames, latestFrames, perStrip, digitShare);
  }
}
