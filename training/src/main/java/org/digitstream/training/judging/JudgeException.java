package org.digitstream.training.judging;

/** A judge that cannot be taught; the message says why and what to do. */
public final class JudgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Because of what the message says. */
  public JudgeException(String message) {
    super(message);
  }
}
