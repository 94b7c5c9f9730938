package org.digitstream.contract;

/** The bounds that every record's stream id, source name and index keep. */
final class StreamIds {
  static final int MAX_LENGTH = 200;

  /** Over a thousand years of audio at 96 kHz, and no sum of two overflows. */
  static final long MAX_INDEX = 1L << 52;

  private StreamIds() {}

  static void requireValid(String streamId, String source) {
    if (streamId == null || streamId.isEmpty() || streamId.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a stream id has 1 to "
              + MAX_LENGTH
              + " characters, not "
              + (streamId == null ? "none" : streamId.length()));
    }
    if (source == null || source.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a source name has at most "
              + MAX_LENGTH
              + " characters, not "
              + (source == null ? "null" : source.length()));
    }
  }
}
