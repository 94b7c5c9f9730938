package org.digitstream.standalone.explain;

import java.util.Arrays;

/**
 * The samples of one span of a stream, collected from what comes in order. Silence stands where
 * samples are missing. One thread at a time.
 */
final class AudioPiece {
  private final long fromSample;
  private final short[] samples;
  private long next;
  private long collected;

  /** Nothing collected yet of {@code fromSample} to before {@code toSample}. */
  AudioPiece(long fromSample, long toSample) {
    this.fromSample = fromSample;
    this.samples = new short[Math.toIntExact(toSample - fromSample)];
    this.next = fromSample;
  }

  /** Takes the stream's next samples; those that were there before are dropped. */
  void accept(long firstSample, short[] values) {
    long from = Math.max(firstSample, next);
    long to = Math.min(firstSample + values.length, fromSample + samples.length);
    if (to > from) {
      System.arraycopy(
          values,
          (int) (from - firstSample),
          samples,
          (int) (from - fromSample),
          (int) (to - from));
      collected += to - from;
      next = to;
    }
  }

  /** How many samples came. */
  long collected() {
    return collected;
  }

  /** A part of the span. */
  short[] samples(long first, long end) {
    return Arrays.copyOfRange(samples, (int) (first - fromSample), (int) (end - fromSample));
  }
}
