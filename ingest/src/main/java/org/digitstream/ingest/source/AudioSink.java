package org.digitstream.ingest.source;

import org.digitstream.contract.AudioChunk;

/**
 * Where chunks go: a topic, or whatever else takes audio. One stream's chunks come from one thread
 * and in the order of their samples.
 */
@FunctionalInterface
public interface AudioSink {
  /**
   * Takes the next chunk of a stream; its samples are not changed afterwards.
   *
   * @throws RuntimeException where this or an earlier chunk cannot be delivered; the stream is then
   *     to be given up without an end marker
   */
  void accept(AudioChunk chunk);
}
