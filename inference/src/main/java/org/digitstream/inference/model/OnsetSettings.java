package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How single words are found by their level, for a network that was trained on pictures which begin
 * with a word. One picture is classified for each word.
 *
 * <p>The level of a frame is the mean of its values, each raised to the floor and lowered to the
 * ceiling of the model's {@link Normalization}; it is in the features' own units, as are all levels
 * and rises here. The noise floor is tracked: it falls at once towards quieter frames and rises
 * slowly while no word is heard.
 *
 * @param quietLevel the noise floor at the beginning of a stream, and the least that it is ever
 *     taken for; so a word is at least {@code quietLevel + enterRise} loud
 * @param enterRise a word begins where frames are this far above the noise floor, greater than 0
 * @param leaveRise and goes on while they are this far above it, greater than 0, at most {@code
 *     enterRise}
 * @param floorRisePerFrame how fast the noise floor rises, greater than 0; after a lasting change
 *     of the noise the spotter is deaf until the floor has caught up
 * @param enterFrames that many frames in a row are above {@code enterRise} before a word is
 *     believed, 1 to 20
 * @param leadFrames a word begins up to this many frames before those, as long as they are above
 *     {@code leaveRise}: many words begin softly; 0 to 50
 * @param releaseFrames a word is over after this many frames below {@code leaveRise}, 1 to 100;
 *     must outlast the closure before a final "t"
 * @param minimumFrames shorter words are dropped, 1 to 100
 * @param marginFrames the picture begins this many frames before the word, 0 to 50
 * @param padding what follows the word in the picture
 * @param threshold the least probability of a digit that is reported, 0 to 1
 */
public record OnsetSettings(
    float quietLevel,
    float enterRise,
    float leaveRise,
    float floorRisePerFrame,
    int enterFrames,
    int leadFrames,
    int releaseFrames,
    int minimumFrames,
    int marginFrames,
    Padding padding,
    float threshold)
    implements Spotting {
  /** What a model file calls this. */
  static final String TYPE = "onset";

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public OnsetSettings {
    if (!Float.isFinite(quietLevel)) {
      throw new IllegalArgumentException("quietLevel is " + quietLevel);
    }
    requirePositive("enterRise", enterRise);
    requirePositive("leaveRise", leaveRise);
    requirePositive("floorRisePerFrame", floorRisePerFrame);
    if (leaveRise > enterRise) {
      throw new IllegalArgumentException(
          "leaveRise " + leaveRise + " is above enterRise " + enterRise);
    }
    Bounds.requireWithin("enterFrames", enterFrames, 1, 20);
    Bounds.requireWithin("leadFrames", leadFrames, 0, 50);
    Bounds.requireWithin("releaseFrames", releaseFrames, 1, 100);
    Bounds.requireWithin("minimumFrames", minimumFrames, 1, 100);
    Bounds.requireWithin("marginFrames", marginFrames, 0, 50);
    Bounds.requirePresent("padding", padding);
    Bounds.requireProbability("threshold", threshold);
  }

  /**
   * For features of the preset {@code seed}, in decibels clipped to -45 and 45, whose pictures
   * begin with the first frame of a word: a word is at least -28 dB loud on average over the bands,
   * and over after 163 ms below 8 dB over the noise. Found on recordings of FSDD; what it costs is
   * in {@code docs/adr/0011-two-shapes-two-ways-of-spotting.md}.
   *
   * @param padding what the pictures of the training hold after a word
   * @param threshold the least probability of a digit that is reported, 0 to 1
   */
  public static OnsetSettings ofStudyPictures(Padding padding, float threshold) {
    return new OnsetSettings(-43, 12, 8, 0.03f, 3, 4, 9, 6, 0, padding, threshold);
  }

  @Override
  public OnsetSettings withThreshold(float threshold) {
    return new OnsetSettings(
        quietLevel,
        enterRise,
        leaveRise,
        floorRisePerFrame,
        enterFrames,
        leadFrames,
        releaseFrames,
        minimumFrames,
        marginFrames,
        padding,
        threshold);
  }

  /** How the type is written to a model file. */
  @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
  String type() {
    return TYPE;
  }

  private static void requirePositive(String what, float value) {
    if (!(value > 0) || !Float.isFinite(value)) {
      throw new IllegalArgumentException(what + " " + value + " is not greater than 0");
    }
  }
}
