package org.digitstream.training.synthesis;

import java.util.List;

/**
 * A recording to be made of several digits, said as people say a number: without a pause.
 *
 * @param file its name within the folder of strings
 * @param voice who says it
 * @param words the digits' names, "oh" among them
 * @param wordsPerMinute how fast
 */
public record SpokenString(
    String file, SyntheticVoice voice, List<String> words, int wordsPerMinute) {
  /** Copies the list. */
  public SpokenString {
    words = List.copyOf(words);
  }

  /** What the synthesizer is told to say. */
  String text() {
    return String.join(" ", words);
  }
}
