package org.digitstream.features.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.features.dsp.ExtractorState;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.features.dsp.LogMelExtractors;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extractors of the streams of one partition: objects in use, each rebuilt from the store when
 * it is first needed after a restart. Confined to one thread.
 */
final class ExtractorStreams {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractorStreams.class);

  /** A hash: too costly to be computed for each chunk. */
  private final String specId;

  private final KeyValueStore<String, byte[]> store;
  private final EndedStreams ended;
  private final Meters meters;
  private final LogMelExtractors made;
  private final Map<String, LogMelExtractor> extractors = new HashMap<>();

  ExtractorStreams(
      FeatureSpec spec, KeyValueStore<String, byte[]> store, EndedStreams ended, Meters meters) {
    this.made = new LogMelExtractors(spec);
    this.specId = spec.id();
    this.store = store;
    this.ended = ended;
    this.meters = meters;
  }

  /** The extractor of a stream, new if the stream is; nothing once the stream has ended. */
  Optional<LogMelExtractor> extractor(String streamId) {
    LogMelExtractor known = extractors.get(streamId);
    if (known != null) {
      return Optional.of(known);
    }
    if (hasEnded(streamId)) {
      return Optional.empty();
    }
    LogMelExtractor extractor =
        stored(streamId).map(value -> goingOn(streamId, value)).orElseGet(made::begin);
    extractors.put(streamId, extractor);
    return Optional.of(extractor);
  }

  /** Samples that another specification's frames were waiting for make none of this one's. */
  private LogMelExtractor goingOn(String streamId, StoredExtractor stored) {
    ExtractorState state = stored.state();
    if (stored.specId().equals(specId)) {
      return made.resume(state);
    }
    meters.gap(GapReason.NONE, 0);
    LOG.warn(
        "frames of stream {} of '{}' were {} and are {} from sample {} on, as after a gap",
        streamId,
        stored.source(),
        stored.specId(),
        specId,
        state.nextSample());
    return made.resume(new ExtractorState(state.nextSample(), new short[0]));
  }

  /** Stores where a stream is. */
  void save(String streamId, String source) {
    ExtractorState state = extractors.get(streamId).state();
    store.put(streamId, new StoredExtractor(specId, source, false, state).encode());
  }

  /** Stores that a stream has ended. */
  void end(String streamId) {
    ended.add(streamId);
    removeExtractor(streamId);
  }

  /** Whether the end of a stream was seen. */
  boolean hasEnded(String streamId) {
    return ended.contains(streamId)
        // As the version before this one noted it.
        || stored(streamId).map(StoredExtractor::ended).orElse(false);
  }

  /** What is stored of a stream, for whichever specification; nothing if it cannot be read. */
  Optional<StoredExtractor> stored(String streamId) {
    byte[] bytes = store.get(streamId);
    return bytes == null ? Optional.empty() : StoredExtractor.decode(bytes);
  }

  /** Forgets a stream. */
  void remove(String streamId) {
    removeExtractor(streamId);
    ended.remove(streamId);
  }

  private void removeExtractor(String streamId) {
    extractors.remove(streamId);
    if (store.get(streamId) != null) {
      store.delete(streamId);
    }
  }

  /** The ids of all streams that something is stored of. */
  Set<String> ids() {
    return ended.idsWith(store);
  }
}
