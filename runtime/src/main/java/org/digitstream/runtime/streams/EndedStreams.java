package org.digitstream.runtime.streams;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The streams of one partition whose end was seen, kept until they are removed, so that records
 * that come again do not begin them anew. Survives a crash, as every store of {@link
 * RecordTopology}. Confined to one thread.
 *
 * <p>It is a store of its own because that of what streams need goes through Kafka's cache, which
 * holds on to the record in whose processing an entry was written last, two or three kilobytes of
 * it, and lets go of it only if the entry is removed: 3 MB of memory for a thousand short streams.
 */
public final class EndedStreams {
  /** The store's name. */
  public static final String STORE = "ended-streams";

  private static final byte[] ENDED = {1};

  private final KeyValueStore<String, byte[]> store;

  /**
   * Those that ended before, too.
   *
   * @param context of a processor of a {@link RecordTopology}
   */
  public EndedStreams(ProcessorContext<?, ?> context) {
    this.store = context.getStateStore(STORE);
  }

  /** Notes that a stream has ended. */
  public void add(String streamId) {
    store.put(streamId, ENDED);
  }

  /** Whether a stream has ended. */
  public boolean contains(String streamId) {
    return store.get(streamId) != null;
  }

  /** Forgets a stream, if it is there. */
  public void remove(String streamId) {
    if (contains(streamId)) {
      store.delete(streamId);
    }
  }

  /**
   * The ids of all streams that are known: those that go on, and these.
   *
   * @param goingOn has an entry for each stream that has not ended, under its id
   */
  public Set<String> idsWith(KeyValueStore<String, byte[]> goingOn) {
    Set<String> ids = new LinkedHashSet<>();
    for (KeyValueStore<String, byte[]> some : List.of(goingOn, store)) {
      try (KeyValueIterator<String, byte[]> all = some.all()) {
        all.forEachRemaining(entry -> ids.add(entry.key));
      }
    }
    return ids;
  }
}
