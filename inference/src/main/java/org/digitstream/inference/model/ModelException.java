package org.digitstream.inference.model;

/** A model that cannot be used. The message names the file, what is wrong and what to do. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public ModelException(String message) {
    super(message);
  }

  /** With what is wrong and what it was found by. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
