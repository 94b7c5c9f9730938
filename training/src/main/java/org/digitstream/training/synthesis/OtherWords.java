package org.digitstream.training.synthesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Words that are not digits.
 *
 * <p>Without the words that sound exactly as a digit does: "to", "too", "for", "fore", "ate", "won"
 * and "owe" have the very sounds of "two", "four", "eight", "one" and "oh", in espeak-ng's and
 * flite's dictionaries as in people's mouths. Whoever taught that they are not digits would teach
 * that digits are not.
 */
final class OtherWords {
  /** They share most of their sounds with a digit, or contain one. */
  static final List<String> RESEMBLING =
      List.of(
          "hero", "arrow", "narrow", "euro", "zeal", "row", // zero
          "wonder", "sun", "run", "when", "want", "fun", "none", "once", // one
          "do", "you", "tool", "tooth", "chew", "who", "shoe", // two
          "tree", "free", "see", "tea", "thee", "thread", "key", // three
          "fork", "form", "forty", "door", "more", "war", "fall", // four
          "fife", "fine", "fight", "hive", "live", "dive", "fire", // five
          "sick", "sit", "fix", "sing", "sixty", "ticks", "sex", "thick", // six
          "heaven", "eleven", "even", "oven", "seventy", "savage", "several", // seven
          "hate", "late", "age", "aid", "eighty", "ache", "egg", // eight
          "nigh", "night", "line", "mine", "nice", "ninety", "name", "nein", // nine
          "oboe", "old", "though", "law"); // oh

  /** They do not, most of them; some are short phrases. */
  static final List<String> ORDINARY = read("/words/ordinary.txt");

  private OtherWords() {}

  private static List<String> read(String resource) {
    try (InputStream in = OtherWords.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split(",")))
          .map(String::strip)
          .filter(word -> !word.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " is missing in the program", e);
    }
  }
}
