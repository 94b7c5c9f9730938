package org.digitstream.ingest.kafka;

/** Audio did not reach the broker; the message says which broker and what to do. */
public final class AudioDeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AudioDeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
