package org.digitstream.inference.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.digitstream.contract.GapReason;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.spotting.StreamRecognizer;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recognizers of the streams of one partition: objects in use, each rebuilt from the stores
 * when it is first needed after a restart. Confined to one thread.
 *
 * <p>What another model or engine has stored of a stream is not gone on from: numbers of two
 * networks would be mixed. The stream then goes on as after a gap that nothing is missing in, and
 * its digits are counted on.
 */
final class RecognizerStreams {
  private static final Logger LOG = LoggerFactory.getLogger(RecognizerStreams.class);

  private final ModelBundle model;
  private final WindowClassifier classifier;
  private final KeyValueStore<String, byte[]> cursors;
  private final StoredBlocks blocks;
  private final EndedStreams ended;
  private final Meters meters;
  private final String modelId;
  private final Map<String, StreamRecognizer> recognizers = new HashMap<>();

  RecognizerStreams(
      ModelBundle model,
      WindowClassifier classifier,
      KeyValueStore<String, byte[]> cursors,
      KeyValueStore<String, byte[]> blocks,
      EndedStreams ended,
      Meters meters) {
    this.model = model;
    this.classifier = classifier;
    this.cursors = cursors;
    this.ended = ended;
    this.meters = meters;
    StreamRecognizer example = new StreamRecognizer(model, classifier);
    this.blocks = new StoredBlocks(blocks, example.blockCapacity());
    this.modelId = example.modelId();
  }

  /**
   * The recognizer of a stream, new if the stream is; nothing once the stream has ended.
   *
   * @param firstFrame index of the first frame that it will be given
   */
  Optional<StreamRecognizer> recognizer(String streamId, long firstFrame) {
    StreamRecognizer known = recognizers.get(streamId);
    if (known != null) {
      return Optional.of(known);
    }
    if (hasEnded(streamId)) {
      return Optional.empty();
    }
    byte[] bytes = cursors.get(streamId);
    Optional<StoredCursor> stored = stored(streamId);
    StreamRecognizer recognizer =
        stored
            .filter(value -> value.modelId().equals(modelId))
            .flatMap(value -> resumed(streamId, value.cursor()))
            .or(() -> stored.flatMap(value -> takenOver(streamId, value, firstFrame)))
            .orElseGet(
                () -> {
                  if (bytes != null) {
                    LOG.warn(
                        "stream {}: what was stored of it cannot be read by this version; it goes"
                            + " on from frame {} as after a gap, and its digits count from 0",
                        streamId,
                        firstFrame);
                  }
                  return new StreamRecognizer(model, classifier);
                });
    recognizers.put(streamId, recognizer);
    return Optional.of(recognizer);
  }

  /** Nothing where another version stored it. */
  private Optional<StreamRecognizer> resumed(String streamId, byte[] cursor) {
    try {
      return Optional.of(
          StreamRecognizer.resume(
              model, classifier, cursor, index -> blocks.values(streamId, index)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<StreamRecognizer> takenOver(
      String streamId, StoredCursor stored, long firstFrame) {
    try {
      StreamRecognizer recognizer =
          StreamRecognizer.takeOver(model, classifier, stored.cursor(), firstFrame);
      // The other model may have kept more blocks than this one ever replaces.
      blocks.removeAll(streamId);
      meters.gap(GapReason.NONE, 0);
      LOG.warn(
          "stream {} of '{}' was recognized by {} and goes on with {} from frame {}: a word that is"
              + " being said just then is lost",
          streamId,
          stored.source(),
          stored.modelId(),
          modelId,
          firstFrame);
      return Optional.of(recognizer);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Stores where a stream is, after its recognizer accepted something. */
  void save(String streamId, String source) {
    StreamRecognizer recognizer = recognizers.get(streamId);
    blocks.save(streamId, recognizer.changedBlocks());
    cursors.put(streamId, new StoredCursor(modelId, source, false, recognizer.cursor()).encode());
  }

  /** Stores that a stream has ended. */
  void end(String streamId) {
    ended.add(streamId);
    removeRecognizer(streamId);
  }

  /** Whether the end of a stream was seen. */
  boolean hasEnded(String streamId) {
    return ended.contains(streamId)
        // As the version before this one noted it.
        || stored(streamId).map(StoredCursor::ended).orElse(false);
  }

  /** What is stored of a stream, by whichever model; nothing if this version cannot read it. */
  Optional<StoredCursor> stored(String streamId) {
    byte[] bytes = cursors.get(streamId);
    return bytes == null ? Optional.empty() : StoredCursor.decode(bytes);
  }

  /** Forgets a stream. */
  void remove(String streamId) {
    removeRecognizer(streamId);
    ended.remove(streamId);
  }

  private void removeRecognizer(String streamId) {
    recognizers.remove(streamId);
    blocks.remove(streamId);
    if (cursors.get(streamId) != null) {
      cursors.delete(streamId);
    }
  }

  /** The ids of all streams that something is stored of. */
  Set<String> ids() {
    return ended.idsWith(cursors);
  }
}
