package org.digitstream.training.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.TemporalShape;

/**
 * Whole strips, with a label for each output of a network over time.
 *
 * @param shape the network
 * @param lookAheadFrames an output speaks of the frame this many before the last one that it sees
 * @param outputsPerBlock outputs that one call in the stream makes
 * @param outputsPerStrip labelled places in a strip
 */
public record StripExamples(
    TemporalShape shape, int lookAheadFrames, int outputsPerBlock, int outputsPerStrip)
    implements Examples {
  @Override
  public int stripFrames() {
    return shape.inputFrames(outputsPerStrip);
  }

  @Override
  public int perStrip() {
    return 1;
  }

  @Override
  public Normalization normalization(float floor, float[] mean, float[] standardDeviation) {
    return new Normalization(floor, mean, standardDeviation);
  }

  /** The frame of a strip that one of its outputs speaks of. */
  int frameOfOutput(int output) {
    return shape.receptiveFieldFrames() - 1 - lookAheadFrames + output * shape.strideFrames();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("outputsPerStrip", Integer.toString(outputsPerStrip));
    return settings;
  }
}
