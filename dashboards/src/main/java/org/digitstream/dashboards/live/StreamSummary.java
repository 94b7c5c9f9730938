package org.digitstream.dashboards.live;

/**
 * A stream in a list.
 *
 * @param id identifies it
 * @param source what its audio is of
 * @param state how it is
 * @param startedAtMillis when it was first noticed, since 1970 UTC
 * @param seconds how much audio of it there was
 * @param digits what was heard, the last part of it where it is long
 */
public record StreamSummary(
    String id, String source, State state, long startedAtMillis, double seconds, String digits) {
  /** How a stream is. */
  public enum State {
    /** It goes on. */
    RUNNING,
    /** Nothing came for a while, but no end either. */
    SILENT,
    /** Its end was seen. */
    ENDED
  }
}
