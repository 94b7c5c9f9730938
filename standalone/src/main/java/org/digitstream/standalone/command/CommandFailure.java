package org.digitstream.standalone.command;

/**
 * A command could not do its work; the message is for the person who called it and says what to do.
 * The program ends with exit code 1.
 */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
