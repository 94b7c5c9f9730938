package org.digitstream.training.network;

import java.util.Map;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;

/** What a network is shown of the scenes that are composed for it. */
public sealed interface Examples permits StripExamples, WindowExamples {
  /** Length of a scene, in frames. */
  int stripFrames();

  /** Examples that one scene gives. */
  int perStrip();

  /** Whether the mean of what the network sees at once is subtracted from it. */
  boolean windowMean();

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
