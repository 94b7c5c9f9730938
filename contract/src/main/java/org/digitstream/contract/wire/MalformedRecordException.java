package org.digitstream.contract.wire;

/**
 * Bytes that are not the record they should be. The message says why and goes with the dead letter.
 */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public MalformedRecordException(String reason) {
    super(reason);
  }

  /** With the reason and what it was found by. */
  public MalformedRecordException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
