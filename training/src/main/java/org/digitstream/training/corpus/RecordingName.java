package org.digitstream.training.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a recording's name says of it.
 *
 * <ul>
 *   <li>{@code {label}_{speaker}_{number}.wav}: FSDD, AudioMNIST, Pannous and our synthetic voices
 *   <li>{@code {label}_{number}.wav}: a word by somebody
 *   <li>{@code {word}/{speaker}_nohash_{number}.wav}: Speech Commands
 * </ul>
 *
 * @param label the word, such as {@code 7} or {@code heaven}
 * @param speaker who says it. Where the name does not tell: {@code unknown} for a digit, and for
 *     any other word the word itself, so that what many unnamed people say can be left out of a
 *     training phrase by phrase
 * @param take the number
 */
public record RecordingName(String label, String speaker, int take) {
  private static final Pattern SPEECH_COMMANDS =
      Pattern.compile(
          "([0-9a-f]{8})_nohash_(\\d{1,6})(?:-\\d{1,3})?\\.wav", Pattern.CASE_INSENSITIVE);
  private static final Pattern LABELLED =
      Pattern.compile(
          "([A-Za-z0-9-]+)_(.+)_(\\d{1,6})(?:-\\d{1,3})?\\.wav", Pattern.CASE_INSENSITIVE);
  private static final Pattern LABELLED_ANONYMOUS =
      Pattern.compile("([A-Za-z0-9-]+)_(\\d{1,6})(?:-\\d{1,3})?\\.wav", Pattern.CASE_INSENSITIVE);
  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  /** What the name of a file says, if it follows one of the conventions. */
  public static Optional<RecordingName> parse(Path file) {
    String name = file.getFileName().toString();
    Matcher commands = SPEECH_COMMANDS.matcher(name);
    if (commands.matches() && file.getParent() != null) {
      String word = file.getParent().getFileName().toString();
      return Optional.of(
          new RecordingName(word, commands.group(1), Integer.parseInt(commands.group(2))));
    }
    Matcher labelled = LABELLED.matcher(name);
    if (labelled.matches()) {
      return Optional.of(
          new RecordingName(
              labelled.group(1), labelled.group(2), Integer.parseInt(labelled.group(3))));
    }
    Matcher anonymous = LABELLED_ANONYMOUS.matcher(name);
    if (anonymous.matches()) {
      String label = anonymous.group(1);
      return Optional.of(
          new RecordingName(
              label,
              digit(label).isPresent() ? "unknown" : label,
              Integer.parseInt(anonymous.group(2))));
    }
    return Optional.empty();
  }

  /** The digit that the label is, by figure or by word. */
  public OptionalInt digit() {
    return digit(label);
  }

  private static OptionalInt digit(String label) {
    if (label.length() == 1 && Character.isDigit(label.charAt(0))) {
      return OptionalInt.of(label.charAt(0) - '0');
    }
    int digit = WORDS.indexOf(label);
    return digit < 0 ? OptionalInt.empty() : OptionalInt.of(digit);
  }
}
