package org.digitstream.training.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.WordParts;
import org.digitstream.training.augmentation.Scenes;
import org.digitstream.training.augmentation.Strip;

/**
 * Whole strips, with a label for each output of a network over time: the digit that is being said,
 * or, for a network of as many classes as {@link WordParts} has, the part of a word.
 *
 * @param shape the network
 * @param lookAheadFrames an output speaks of the frame this many before the last one that it sees
 * @param outputsPerBlock outputs that one call in the stream makes
 * @param outputsPerStrip labelled places in a strip
 */
public record StripExamples(
    TemporalShape shape, int lookAheadFrames, int outputsPerBlock, int outputsPerStrip)
    implements Examples {
  /** What speech has between its vowels and its weakest sounds, 48 dB. */
  private static final float RANGE = 11;

  private static final int RUNNING_FRAMES = 96;

  @Override
  public Scenes scenes() {
    return partsOfWords() ? Scenes.STRINGS : Scenes.WORDS;
  }

  /** Whether parts of words are taught. */
  boolean partsOfWords() {
    return shape.classes() == WordParts.CLASSES;
  }

  /** The class that is taught at a sample of a strip, or {@link Strip#UNKNOWN}. */
  byte target(Strip strip, int sample) {
    return partsOfWords() ? WordPartTargets.at(strip, sample) : strip.classAt(sample);
  }

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
    return partsOfWords()
        ? new Normalization(floor, null, true, RANGE, RUNNING_FRAMES, mean, standardDeviation)
        : new Normalization(floor, mean, standardDeviation);
  }

  /** The frame of a strip that one of its outputs speaks of. */
  int frameOfOutput(int output) {
    return shape.receptiveFieldFrames() - 1 - lookAheadFrames + output * shape.strideFrames();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("outputsPerStrip", Integer.toString(outputsPerStrip));
    if (partsOfWords()) {
      settings.put("classes", "thirds of words");
      settings.put("windowRange", Float.toString(RANGE));
      settings.put("runningFrames", Integer.toString(RUNNING_FRAMES));
    }
    return settings;
  }
}
