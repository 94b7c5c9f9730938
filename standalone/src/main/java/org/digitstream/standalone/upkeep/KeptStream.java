package org.digitstream.standalone.upkeep;

import java.util.Map;

/**
 * What the topics keep of one stream.
 *
 * @param id identifies it
 * @param source what its audio is of, for people; empty where no record that is kept tells
 * @param firstMillis when the oldest record that is kept was written, in milliseconds since 1970
 * @param lastMillis when the newest one was
 * @param ended whether an end marker is among what is kept, of its audio or of its events
 * @param recordsByTopic how many records of it each topic keeps; topics without any are missing
 */
public record KeptStream(
    String id,
    String source,
    long firstMillis,
    long lastMillis,
    boolean ended,
    Map<String, Long> recordsByTopic) {
  /** Copies the map. */
  public KeptStream {
    recordsByTopic = Map.copyOf(recordsByTopic);
  }
}
