package org.digitstream.training.network;

import org.digitstream.inference.model.WordParts;
import org.digitstream.training.augmentation.Strip;

/** Which of {@link WordParts} is said at a place of a strip. */
final class WordPartTargets {
  private WordPartTargets() {}

  /**
   * The class at a sample, or {@link Strip#UNKNOWN} where two words overlap, at the uncertain edges
   * of one, and in one that began before the strip.
   */
  static byte at(Strip strip, int sample) {
    Strip.PlacedDigit said = null;
    boolean uncertain = false;
    for (Strip.PlacedDigit digit : strip.digits()) {
      int margin = digit.uncertainSamples();
      if (sample >= digit.startSample() && sample < digit.endSample()) {
        uncertain |= said != null || digit.startSample() < 0;
        said = digit;
      } else if (sample >= digit.startSample() - margin && sample < digit.endSample() + margin) {
        uncertain = true;
      }
    }
    if (uncertain) {
      return Strip.UNKNOWN;
    }
    if (said != null) {
      long into = sample - said.startSample();
      int part = (int) (WordParts.PARTS * into / (said.endSample() - said.startSample()));
      return (byte) WordParts.classOf(WordParts.word(said.digit(), said.oh()), part);
    }
    return without(strip, sample);
  }

  private static byte without(Strip strip, int sample) {
    byte speech = strip.speech()[Math.min(sample, strip.speech().length - 1)];
    if (speech != Strip.QUIET) {
      return speech == Strip.OTHER_SPEECH ? (byte) WordParts.OTHER_WORD : Strip.UNKNOWN;
    }
    for (Strip.Span other : strip.others()) {
      if (sample >= other.startSample() && sample < other.endSample()) {
        return Strip.UNKNOWN;
      }
    }
    return (byte) WordParts.SILENCE;
  }
}
