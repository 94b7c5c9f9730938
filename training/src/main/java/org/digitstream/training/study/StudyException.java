package org.digitstream.training.study;

/** The study cannot go on; the message is for people and says what to do. */
public final class StudyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public StudyException(String message) {
    super(message);
  }

  /** With a message for people and what caused it. */
  public StudyException(String message, Throwable cause) {
    super(message, cause);
  }
}
