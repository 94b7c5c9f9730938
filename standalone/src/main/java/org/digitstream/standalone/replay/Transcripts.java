package org.digitstream.standalone.replay;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was said in which recording: from a table, or else from names such as {@code
 * 7_jackson_32.wav}, whose first character is the digit.
 *
 * <p>The table has one line for each recording: a file name or a path, a tabulator, and the digits
 * that are said in it ({@code 2125551234}, or {@code 2 1 2}; nothing for a recording without
 * digits). Further columns are ignored, and so are empty lines, lines that begin with {@code #},
 * and a header. A path stands for every recording whose own path ends with it.
 */
public final class Transcripts {
  /** Of no table: what was said is read from names alone. */
  public static final Transcripts FROM_NAMES = new Transcripts(null);

  private static final Pattern LABELLED_NAME =
      Pattern.compile("([0-9])_[^_]+_[0-9]+\\.wav", Pattern.CASE_INSENSITIVE);

  /** Null where there is no table. */
  private final Map<String, String> digitsByPath;

  private Transcripts(Map<String, String> digitsByPath) {
    this.digitsByPath = digitsByPath;
  }

  /**
   * Reads a table.
   *
   * @throws TranscriptException naming the file, the line and what is wrong with it
   */
  public static Transcripts read(Path file) throws TranscriptException {
    try {
      return parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new TranscriptException("there is no transcript file " + file, e);
    } catch (MalformedInputException e) {
      throw new TranscriptException(file + " is not a text file in UTF-8", e);
    } catch (IOException e) {
      throw new TranscriptException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the lines of a table.
   *
   * @param name what the table is called in messages
   * @throws TranscriptException naming the line and what is wrong with it
   */
  public static Transcripts parse(String name, List<String> lines) throws TranscriptException {
    Map<String, String> digitsByPath = new LinkedHashMap<>();
    boolean headerAllowed = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = i == 0 ? withoutByteOrderMark(lines.get(i)) : lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split("\t", -1);
      String digits = columns.length < 2 ? "" : columns[1].replace(" ", "").strip();
      boolean valid = columns.length >= 2 && digits.matches("[0-9]*");
      if (!valid && !(headerAllowed && digits.chars().noneMatch(Character::isDigit))) {
        throw new TranscriptException(
            "%s, line %d: expected a file name, a tabulator and digits, not '%s'"
                .formatted(name, i + 1, line),
            null);
      }
      headerAllowed = false;
      if (valid) {
        String before = digitsByPath.put(normalized(columns[0].strip()), digits);
        if (before != null && !before.equals(digits)) {
          throw new TranscriptException(
              "%s, line %d: %s was '%s' further up and is '%s' here"
                  .formatted(name, i + 1, columns[0].strip(), before, digits),
              null);
        }
      }
    }
    return new Transcripts(digitsByPath);
  }

  /**
   * What is said in a recording.
   *
   * @return digits, perhaps none; nothing where that is not known
   */
  public Optional<String> digitsOf(Path recording) {
    if (digitsByPath == null) {
      Matcher matcher = LABELLED_NAME.matcher(recording.getFileName().toString());
      return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
    String path = normalized(recording.toAbsolutePath().normalize().toString());
    while (true) {
      if (digitsByPath.containsKey(path)) {
        return Optional.of(digitsByPath.get(path));
      }
      int separator = path.indexOf('/');
      if (separator < 0) {
        return Optional.empty();
      }
      path = path.substring(separator + 1);
    }
  }

  private static String normalized(String path) {
    String slashes = path.replace('\\', '/');
    return slashes.startsWith("./") ? slashes.substring(2) : slashes;
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }
}
