package org.digitstream.standalone.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A place in a stream: {@code 83.4}, or as it is printed, {@code 1:23.40}. */
final class SecondsConverter implements ITypeConverter<Double> {
  private static final Pattern FORM =
      Pattern.compile("(?:([0-9]{1,6}):)?([0-9]{1,9}(?:\\.[0-9]{1,9})?)");

  @Override
  public Double convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a number of seconds such as 83.4 or 1:23.4");
    }
    double minutes = matcher.group(1) == null ? 0 : Double.parseDouble(matcher.group(1));
    return 60 * minutes + Double.parseDouble(matcher.group(2));
  }
}
