package org.digitstream.features.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.ExtractorState;
import org.digitstream.features.dsp.LogMelExtractor;

/**
 * The extractors of the streams of one partition: objects in use, each rebuilt from the store when
 * it is first needed after a restart. Confined to one thread.
 */
final class ExtractorStreams {
  private final FeatureSpec spec;
  private final KeyValueStore<String, byte[]> store;
  private final Map<String, LogMelExtractor> extractors = new HashMap<>();

  ExtractorStreams(FeatureSpec spec, KeyValueStore<String, byte[]> store) {
    this.spec = spec;
    this.store = store;
  }

  /** The extractor of a stream, new if the stream is; nothing once the stream has ended. */
  Optional<LogMelExtractor> extractor(String streamId) {
    LogMelExtractor known = extractors.get(streamId);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<StoredExtractor> stored = stored(streamId);
    if (stored.isPresent() && stored.get().ended()) {
      return Optional.empty();
    }
    LogMelExtractor extractor =
        stored
            .map(value -> LogMelExtractor.resume(spec, value.state()))
            .orElseGet(() -> new LogMelExtractor(spec));
    extractors.put(streamId, extractor);
    return Optional.of(extractor);
  }

  /** Stores where a stream is. */
  void save(String streamId, String source) {
    put(streamId, source, false, extractors.get(streamId).state());
  }

  /** Stores that a stream has ended. */
  void end(String streamId, String source, long samples) {
    extractors.remove(streamId);
    put(streamId, source, true, new ExtractorState(samples, new short[0]));
  }

  /** What is stored of a stream; nothing if it was made with another specification. */
  Optional<StoredExtractor> stored(String streamId) {
    byte[] bytes = store.get(streamId);
    return bytes == null
        ? Optional.empty()
        : StoredExtractor.decode(bytes).filter(value -> value.specId().equals(spec.id()));
  }

  /** Forgets a stream. */
  void remove(String streamId) {
    extractors.remove(streamId);
    store.delete(streamId);
  }

  private void put(String streamId, String source, boolean ended, ExtractorState state) {
    store.put(streamId, new StoredExtractor(spec.id(), source, ended, state).encode());
  }
}
