package org.digitstream.ingest.source;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;

/**
 * Cuts a stream of samples into chunks of one size and numbers them by absolute sample index.
 *
 * <p>Lost samples count, so the index goes on behind a gap; what was waiting before the gap leaves
 * as a shorter chunk, and no chunk spans a gap. The last chunk carries the end marker and whatever
 * is left, which may be nothing. One per stream, one thread, deterministic; it returns chunks and
 * sends nothing.
 */
final class ChunkNumberer {
  /** A source's name may be as long as the contract allows. */
  private static final int MOST_SOURCE_CHARS = 200;

  private final String streamId;
  private final String source;
  private final int sampleRateHz;
  private final int chunkSamples;
  private final SampleBuffer waiting = new SampleBuffer();
  private long firstWaiting;
  private GapReason gap = GapReason.NONE;

  /**
   * Starts a stream at sample 0.
   *
   * @param source what the audio is of, for people; its end is kept where it is too long
   * @param chunkSamples samples per chunk, 1 to {@link AudioChunk#MAX_SAMPLES}
   */
  ChunkNumberer(String streamId, String source, int sampleRateHz, int chunkSamples) {
    if (chunkSamples < 1 || chunkSamples > AudioChunk.MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "chunkSamples " + chunkSamples + " is not within 1.." + AudioChunk.MAX_SAMPLES);
    }
    this.streamId = streamId;
    this.source = source.substring(Math.max(0, source.length() - MOST_SOURCE_CHARS));
    this.sampleRateHz = sampleRateHz;
    this.chunkSamples = chunkSamples;
  }

  /** The chunks that are full with these samples. */
  List<AudioChunk> accept(short[] samples, CaptureTime time) {
    waiting.append(samples);
    List<AudioChunk> chunks = new ArrayList<>();
    while (waiting.size() >= chunkSamples) {
      chunks.add(take(chunkSamples, time, false));
    }
    return chunks;
  }

  /**
   * Notes that samples are missing here: the next chunk carries the reason and a later index.
   *
   * @param lostSamples how many; none are no gap
   * @return what was waiting before the gap
   */
  List<AudioChunk> lose(long lostSamples, GapReason reason, CaptureTime time) {
    if (lostSamples <= 0) {
      return List.of();
    }
    List<AudioChunk> chunks =
        waiting.size() == 0 ? List.of() : List.of(take(waiting.size(), time, false));
    firstWaiting += lostSamples;
    gap = reason;
    return chunks;
  }

  /** The last chunk. */
  AudioChunk finish(CaptureTime time) {
    return take(waiting.size(), time, true);
  }

  /** Index of the next sample that {@link #accept} takes. */
  long nextSample() {
    return firstWaiting + waiting.size();
  }

  private AudioChunk take(int count, CaptureTime time, boolean end) {
    long first = firstWaiting;
    short[] samples = waiting.take(count);
    firstWaiting += count;
    AudioChunk chunk =
        new AudioChunk(
            streamId,
            source,
            first,
            sampleRateHz,
            samples,
            time.microsBefore(firstWaiting),
            gap,
            end);
    gap = GapReason.NONE;
    return chunk;
  }
}
