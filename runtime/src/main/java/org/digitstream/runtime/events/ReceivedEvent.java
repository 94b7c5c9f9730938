package org.digitstream.runtime.events;

import java.util.Optional;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.StreamEvent;

/**
 * An event as it came from the topic.
 *
 * @param event the event
 * @param stamps when its audio was captured and when it was made; nothing if another writer left
 *     them out
 * @param receivedAtMicros when it was received here, in microseconds since 1970 UTC
 * @param partition the partition it was on
 * @param offset its offset there
 */
public record ReceivedEvent(
    StreamEvent event,
    Optional<LatencyStamps> stamps,
    long receivedAtMicros,
    int partition,
    long offset) {}
