package org.digitstream.inference.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.spotting.StreamRecognizer;

/**
 * The recognizers of the streams of one partition: objects in use, each rebuilt from the stores
 * when it is first needed after a restart. Confined to one thread.
 */
final class RecognizerStreams {
  private static final byte[] NOTHING = {};

  private final ModelBundle model;
  private final WindowClassifier classifier;
  private final KeyValueStore<String, byte[]> cursors;
  private final StoredBlocks blocks;
  private final String modelId;
  private final Map<String, StreamRecognizer> recognizers = new HashMap<>();

  RecognizerStreams(
      ModelBundle model,
      WindowClassifier classifier,
      KeyValueStore<String, byte[]> cursors,
      KeyValueStore<String, byte[]> blocks) {
    this.model = model;
    this.classifier = classifier;
    this.cursors = cursors;
    StreamRecognizer example = new StreamRecognizer(model, classifier);
    this.blocks = new StoredBlocks(blocks, example.blockCapacity());
    this.modelId = example.modelId();
  }

  /** The recognizer of a stream, new if the stream is; nothing once the stream has ended. */
  Optional<StreamRecognizer> recognizer(String streamId) {
    StreamRecognizer known = recognizers.get(streamId);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<StoredCursor> stored = stored(streamId);
    if (stored.isPresent() && stored.get().ended()) {
      return Optional.empty();
    }
    StreamRecognizer recognizer =
        stored
            .flatMap(value -> resumed(streamId, value.cursor()))
            .orElseGet(() -> new StreamRecognizer(model, classifier));
    recognizers.put(streamId, recognizer);
    return Optional.of(recognizer);
  }

  /** Nothing where another version stored it: the stream then goes on as after a gap. */
  private Optional<StreamRecognizer> resumed(String streamId, byte[] cursor) {
    try {
      return Optional.of(
          StreamRecognizer.resume(
              model, classifier, cursor, index -> blocks.values(streamId, index)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Stores where a stream is, after its recognizer accepted something. */
  void save(String streamId, String source) {
    StreamRecognizer recognizer = recognizers.get(streamId);
    blocks.save(streamId, recognizer.changedBlocks());
    put(streamId, source, false, recognizer.cursor());
  }

  /** Stores that a stream has ended. */
  void end(String streamId, String source) {
    recognizers.remove(streamId);
    blocks.remove(streamId);
    put(streamId, source, true, NOTHING);
  }

  /** What is stored of a stream; nothing if another model recognized it. */
  Optional<StoredCursor> stored(String streamId) {
    byte[] bytes = cursors.get(streamId);
    return bytes == null
        ? Optional.empty()
        : StoredCursor.decode(bytes).filter(value -> value.modelId().equals(modelId));
  }

  /** Forgets a stream. */
  void remove(String streamId) {
    recognizers.remove(streamId);
    blocks.remove(streamId);
    cursors.delete(streamId);
  }

  private void put(String streamId, String source, boolean ended, byte[] cursor) {
    cursors.put(streamId, new StoredCursor(modelId, source, ended, cursor).encode());
  }
}
