package org.digitstream.contract;

/**
 * A piece of one stream's audio: 16-bit mono samples, numbered by absolute sample index.
 *
 * <p>Samples that were lost count: the first sample after a gap carries the index that it would
 * have had without one, so a jump in the index is a gap, and an index is a place in time.
 *
 * @param streamId identifies the session; fresh for every session, at most 200 characters
 * @param source what the audio is of, for people: a file name or the name of a microphone
 * @param firstSample index of {@code samples[0]}, counted from 0 at the start of the stream
 * @param sampleRateHz sample rate, 8,000 to 96,000 Hz
 * @param samples the samples, at most {@value #MAX_SAMPLES}; not copied, not to be changed
 * @param capturedAtMicros when the last sample was captured, in microseconds since 1970 UTC; only
 *     latency is computed from it
 * @param gap why samples before this chunk are missing; {@link GapReason#NONE} if none are
 * @param end whether this is the stream's last chunk, which may be empty
 */
public record AudioChunk(
    String streamId,
    String source,
    long firstSample,
    int sampleRateHz,
    short[] samples,
    long capturedAtMicros,
    GapReason gap,
    boolean end) {

  /** The most samples that one chunk may hold: five seconds at 96 kHz. */
  public static final int MAX_SAMPLES = 480_000;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public AudioChunk {
    StreamIds.requireValid(streamId, source);
    if (firstSample < 0 || firstSample > StreamIds.MAX_INDEX) {
      throw new IllegalArgumentException(
          "firstSample " + firstSample + " is not within 0.." + StreamIds.MAX_INDEX);
    }
    if (sampleRateHz < 8_000 || sampleRateHz > 96_000) {
      throw new IllegalArgumentException(
          "sampleRateHz " + sampleRateHz + " is not within 8000..96000");
    }
    if (samples.length > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "a chunk of " + samples.length + " samples is longer than " + MAX_SAMPLES);
    }
    if (samples.length == 0 && !end) {
      throw new IllegalArgumentException("a chunk without samples must be the end of its stream");
    }
    if (gap == null) {
      throw new IllegalArgumentException("gap must be set; NONE where nothing is missing");
    }
  }

  /** Index of the sample after the last one of this chunk. */
  public long nextSample() {
    return firstSample + samples.length;
  }
}
