package org.digitstream.runtime.streams;

/** A service stopped, or did not start in time; the message says which and why. */
public final class StreamsFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for people, and the cause, which may be null. */
  public StreamsFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
