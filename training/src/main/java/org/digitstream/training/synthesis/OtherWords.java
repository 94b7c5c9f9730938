package org.digitstream.training.synthesis;

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

  /** They do not, most of them. */
  static final List<String> ORDINARY =
      List.of(
          "twelve",
          "thirteen",
          "fifteen",
          "twenty",
          "hundred",
          "thousand",
          "hello",
          "yes",
          "no",
          "stop",
          "go",
          "left",
          "right",
          "up",
          "down",
          "okay",
          "please",
          "thanks",
          "phone",
          "white",
          "stupid",
          "computer",
          "house",
          "water",
          "happy",
          "music",
          "person",
          "under",
          "never",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday",
          "january",
          "february",
          "april",
          "june",
          "august",
          "september",
          "november",
          "a",
          "b",
          "c",
          "d",
          "e",
          "f",
          "g",
          "h",
          "i",
          "j",
          "k",
          "l",
          "m",
          "n",
          "p",
          "q",
          "r",
          "s",
          "u",
          "v",
          "w",
          "x",
          "y",
          "z");

  private OtherWords() {}
}
