package org.digitstream.training.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.training.augmentation.Scenes;

/**
 * Windows: a digit where one is over for a little while, "not a digit" where none is, or where one
 * is still being said, or was said long ago.
 *
 * @param shape the network
 * @param strideFrames frames from one window to the next in the stream
 * @param soonestFrames least number of frames in a window after the end of its digit
 * @param latestFrames greatest number of them
 * @param perStrip windows that are taken of one strip
 * @param digitShare share of them that are asked to hold a digit
 */
public record WindowExamples(
    PictureShape shape,
    int strideFrames,
    int soonestFrames,
    int latestFrames,
    int perStrip,
    double digitShare)
    implements Examples {
  private static final int STRIP_FRAMES = 343;

  /** 48 dB: what speech has between its vowels and its weakest sounds, and few microphones more. */
  private static final float WINDOW_RANGE = 11;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public WindowExamples {
    if (shape.frames() >= STRIP_FRAMES - latestFrames) {
      throw new IllegalArgumentException(
          "a window of " + shape.frames() + " frames is too long for " + STRIP_FRAMES);
    }
    if (soonestFrames < 0 || latestFrames < soonestFrames) {
      throw new IllegalArgumentException(
          "digits that end " + soonestFrames + ".." + latestFrames + " frames before the window");
    }
    if (perStrip < 1 || !(digitShare >= 0 && digitShare <= 1)) {
      throw new IllegalArgumentException(
          perStrip + " windows per strip, of which " + digitShare + " are digits");
    }
  }

  @Override
  public Scenes scenes() {
    return Scenes.WORDS;
  }

  @Override
  public int stripFrames() {
    return STRIP_FRAMES;
  }

  @Override
  public Normalization normalization(float floor, float[] mean, float[] standardDeviation) {
    return new Normalization(floor, null, true, WINDOW_RANGE, mean, standardDeviation);
  }

  /** Frames between the end of a digit and the end of the window, in the middle of the range. */
  public int lookAheadFrames() {
    return (soonestFrames + latestFrames) / 2;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("windowsPerStrip", Integer.toString(perStrip));
    settings.put("framesAfterDigit", soonestFrames + ".." + latestFrames);
    settings.put("digitShare", Double.toString(digitShare));
    settings.put("windowRange", Float.toString(WINDOW_RANGE));
    return settings;
  }
}
