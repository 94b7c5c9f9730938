package org.digitstream.standalone.broker;

/** The embedded broker could not be started; the message says why and what to do. */
public final class BrokerException extends RuntimeException {
  /**
   * With a message for people.
   *
   * @param message what is wrong and what to do
   * @param cause what Kafka said, or null
   */
  public BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
