package org.digitstream.runtime.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Finds the streams that nothing has come from for long. What it knows is not stored: after a
 * restart every stream counts from when it is first asked about. Confined to one thread.
 */
public final class IdleStreams {
  private final long idleMillis;
  private final Map<String, Long> lastSeenMillis = new HashMap<>();

  /**
   * Finds streams that were idle for a time.
   *
   * @param idle the time, at least a second
   */
  public IdleStreams(Duration idle) {
    if (idle.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("idle time " + idle + " is shorter than a second");
    }
    this.idleMillis = idle.toMillis();
  }

  /** Notes that something came from a stream. */
  public void seen(String streamId, long nowMillis) {
    lastSeenMillis.put(streamId, nowMillis);
  }

  /**
   * The streams that are idle, which are forgotten hereby.
   *
   * @param streamIds all streams that there are
   */
  public List<String> takeIdle(Iterator<String> streamIds, long nowMillis) {
    List<String> idle = new ArrayList<>();
    streamIds.forEachRemaining(
        id -> {
          Long seen = lastSeenMillis.putIfAbsent(id, nowMillis);
          if (seen != null && nowMillis - seen >= idleMillis) {
            idle.add(id);
          }
        });
    idle.forEach(lastSeenMillis::remove);
    return idle;
  }
}
