package org.digitstream.standalone.console;

import java.util.Locale;
import java.util.OptionalLong;
import org.digitstream.contract.DigitEvent;

/** A digit as one line for people. */
public final class DigitLine {
  private DigitLine() {}

  /**
   * The place in the stream, the digit, its confidence and how late it came.
   *
   * @param event the digit
   * @param latencyMillis from the end of the word to the event; empty if not known
   * @param coloured whether to print the digit in bold
   */
  public static String of(DigitEvent event, OptionalLong latencyMillis, boolean coloured) {
    String digit = Integer.toString(event.digit());
    return String.format(
        Locale.ROOT,
        "%s  %s  %3.0f %%%s",
        time((double) event.startSample() / event.sampleRateHz()),
        coloured ? "\u001B[1;32m" + digit + "\u001B[0m" : digit,
        event.confidence() * 100,
        latencyMillis.isPresent()
            ? String.format(Locale.ROOT, "  %4d ms", latencyMillis.getAsLong())
            : "");
  }

  /** Seconds of a stream as {@code 1:02.50}. */
  public static String time(double seconds) {
    long hundredths = Math.round(seconds * 100);
    return String.format(Locale.ROOT, "%2d:%05.2f", hundredths / 6000, (hundredths % 6000) / 100.0);
  }
}
