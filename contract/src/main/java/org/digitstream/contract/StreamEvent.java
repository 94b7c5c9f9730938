package org.digitstream.contract;

/** What the topic {@code digit-events} carries: digits, and the end of each stream. */
public sealed interface StreamEvent permits DigitEvent, StreamEnd {
  /** Identifies the session. */
  String streamId();

  /** What the audio is of, for people. */
  String source();
}
