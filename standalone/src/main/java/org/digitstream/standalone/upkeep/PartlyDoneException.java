package org.digitstream.standalone.upkeep;

/**
 * Something was begun and could not be finished; the message says what was done, and what to do.
 */
public final class PartlyDoneException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public PartlyDoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
