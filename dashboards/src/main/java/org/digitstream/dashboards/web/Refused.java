package org.digitstream.dashboards.web;

/** A request is answered with an error; the message is for the person who made it. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  Refused(int status, String message) {
    // Without a stack trace: a guest makes as many of them as it likes.
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
