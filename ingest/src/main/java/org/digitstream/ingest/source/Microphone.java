package org.digitstream.ingest.source;

/** A microphone that can be opened, and opened again after it went away. */
public interface Microphone {
  /** What the system calls it. */
  String name();

  /**
   * Starts capturing.
   *
   * @throws MicrophoneException where it is gone, busy or denied, saying what to do
   */
  CaptureLine open() throws MicrophoneException;
}
