package org.digitstream.training.judging;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.spotting.DecodedWords;
import org.digitstream.training.augmentation.Strip;

/** What was said where a decoder found words in a scene. */
final class DecodedScene {
  /** A word is none of a digit's that it has less of in it than this. */
  private static final double NOTHING = 0.1;

  /** A word is a digit if that is this much of it; in between nobody knows. */
  private static final double MOST = 0.5;

  /** A piece of a digit that is shorter than this share of it teaches nothing. */
  private static final double PIECE = 0.25;

  private DecodedScene() {}

  /**
   * The words that are certain.
   *
   * @param strip the scene
   * @param words found in it
   * @param marginSamples words that end later than so many before the end of the scene are left out
   */
  static List<JudgeExample> examples(
      Strip strip, List<DecodedWords.Question> words, int marginSamples) {
    List<JudgeExample> examples = new ArrayList<>();
    int length = strip.samples().length;
    for (DecodedWords.Question word : words) {
      if (word.endSample() <= length - marginSamples) {
        Strip.PlacedDigit digit = nearest(strip, word);
        double share = digit == null ? 0 : overlap(digit, word) / (double) length(word);
        if (share <= NOTHING) {
          examples.add(new JudgeExample(word.inputs(), ModelBundle.DIGITS.size()));
        } else if (share >= MOST
            && digit.startSample() >= 0
            && digit.endSample() <= length
            && overlap(digit, word) >= PIECE * (digit.endSample() - digit.startSample())) {
          examples.add(new JudgeExample(word.inputs(), digit.digit()));
        }
      }
    }
    return examples;
  }

  private static Strip.PlacedDigit nearest(Strip strip, DecodedWords.Question word) {
    Strip.PlacedDigit nearest = null;
    for (Strip.PlacedDigit digit : strip.digits()) {
      if (overlap(digit, word) > (nearest == null ? 0 : overlap(nearest, word))) {
        nearest = digit;
      }
    }
    return nearest;
  }

  private static long overlap(Strip.PlacedDigit digit, DecodedWords.Question word) {
    return Math.min(digit.endSample(), word.endSample())
        - Math.max(digit.startSample(), word.startSample());
  }

  private static long length(DecodedWords.Question word) {
    return word.endSample() - word.startSample();
  }
}
