package org.digitstream.training.synthesis;

import java.util.regex.Pattern;

/**
 * A voice of a speech synthesizer.
 *
 * @param name what it is called in file names: letters, digits, hyphens
 * @param synthesizer who speaks with it
 * @param timbre what the synthesizer calls it
 * @param pitch 0 to 99 on the scale of espeak-ng, where 50 is the voice's own; flite takes no heed
 */
public record SyntheticVoice(String name, SpeechSynthesizer synthesizer, String timbre, int pitch) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
  private static final Pattern UNFIT_FOR_NAMES = Pattern.compile("[^A-Za-z0-9]+");

  /** The pitch that a voice has of itself. */
  static final int OWN_PITCH = 50;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public SyntheticVoice {
    // An underscore separates the parts of a recording's name.
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a voice's name is letters, digits and hyphens, not '" + name + "'");
    }
    if (pitch < 0 || pitch > 99) {
      throw new IllegalArgumentException("pitch " + pitch + " is not within 0..99");
    }
  }

  /** A voice that is named after its timbre, with hyphens for what a name may not contain. */
  static SyntheticVoice named(SpeechSynthesizer synthesizer, String timbre, int pitch) {
    String name = UNFIT_FOR_NAMES.matcher(timbre).replaceAll("-");
    return new SyntheticVoice(name, synthesizer, timbre, pitch);
  }
}
