package org.digitstream.standalone.capacity;

/**
 * When each chunk of many streams in real time is due. All streams begin within one chunk's length,
 * evenly apart, so that their chunks come one by one and not all at once: send {@code k} is chunk
 * {@code k / streams} of stream {@code k % streams}. A value; times are counted from the start.
 *
 * @param streams number of streams, 1 to 1,000,000
 * @param chunkMillis audio per chunk, 1 to 1000 ms
 */
public record LoadSchedule(int streams, int chunkMillis) {
  /**
   * Checks both values.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public LoadSchedule {
    if (streams < 1 || streams > 1_000_000) {
      throw new IllegalArgumentException("streams " + streams + " is not within 1..1000000");
    }
    if (chunkMillis < 1 || chunkMillis > 1000) {
      throw new IllegalArgumentException("chunkMillis " + chunkMillis + " is not within 1..1000");
    }
  }

  /** The stream of a send. */
  public int stream(long send) {
    return (int) (send % streams);
  }

  /** Which chunk of its stream a send is, from 0. */
  public long chunk(long send) {
    return send / streams;
  }

  /** When a stream begins, in nanoseconds: its sample 0 is captured then. */
  public long beginNanos(int stream) {
    return chunkMillis * 1_000_000L * stream / streams;
  }

  /** When a send is due, in nanoseconds: when the last sample of its chunk is captured. */
  public long dueNanos(long send) {
    return beginNanos(stream(send)) + (chunk(send) + 1) * chunkMillis * 1_000_000L;
  }

  /** Sends in a second. */
  public double sendsPerSecond() {
    return streams * 1000.0 / chunkMillis;
  }
}
