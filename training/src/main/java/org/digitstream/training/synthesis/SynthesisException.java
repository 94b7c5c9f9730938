package org.digitstream.training.synthesis;

import java.io.IOException;

/** A speech synthesizer did not do what it was asked for; the message is for people. */
public final class SynthesisException extends IOException {
  private static final long serialVersionUID = 1;

  SynthesisException(String message) {
    super(message);
  }

  SynthesisException(String message, Throwable cause) {
    super(message, cause);
  }
}
