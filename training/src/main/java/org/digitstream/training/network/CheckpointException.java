package org.digitstream.training.network;

/** A checkpoint cannot be used; the message says why and what to do. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }
}
