package org.digitstream.dashboards.web;

/** Audio cannot be taken; the message is for the person who brought it. */
public final class IntakeException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** There is no recording of that name. */
    UNKNOWN(404),
    /** The audio cannot be read. */
    UNREADABLE(422),
    /** Too much is running, or the broker is away: later it may be taken. */
    UNAVAILABLE(503);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final Reason reason;

  /** For a reason, in words. */
  public IntakeException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** For a reason, in words, with a cause. */
  public IntakeException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
