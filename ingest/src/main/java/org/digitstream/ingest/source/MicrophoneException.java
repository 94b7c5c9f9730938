package org.digitstream.ingest.source;

/** There is no such microphone, or it cannot be opened; the message says what to do. */
public final class MicrophoneException extends Exception {
  private static final long serialVersionUID = 1;

  /** Makes one with a message for people. */
  public MicrophoneException(String message) {
    super(message);
  }

  /** The same with what the system said. */
  public MicrophoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
