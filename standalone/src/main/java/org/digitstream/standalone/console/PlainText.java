package org.digitstream.standalone.console;

/** Text that others wrote, made fit for a terminal. */
public final class PlainText {
  private PlainText() {}

  /**
   * One line of at most so many characters: what could move the cursor or colour the screen is a
   * dot, and what is cut off ends in three.
   *
   * @param most 4 or more
   */
  public static String of(String text, int most) {
    String start = text.length() <= most ? text : text.substring(0, most - 3) + "...";
    // Controls, marks that turn the direction of writing, and halves of characters.
    return start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", ".");
  }
}
