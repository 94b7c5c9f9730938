package org.digitstream.standalone.replay;

/** A table of transcripts could not be read; the message names the file, the line and the fault. */
public final class TranscriptException extends Exception {
  TranscriptException(String message, Throwable cause) {
    super(message, cause);
  }
}
