package org.digitstream.runtime.kafka;

/** No broker answered; the message names the address, the reason and what to do. */
public final class BrokerUnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for people, and what it was found by, which may be null. */
  public BrokerUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
