package org.digitstream.standalone.capacity;

import java.util.List;

/**
 * Recordings one after the other, again and again, as endless streams that each begin elsewhere in
 * them: no two of them say the same at the same time. Immutable; any number of threads.
 */
public final class AudioLoop {
  /** The golden section spreads any number of beginnings evenly (Weyl's sequence). */
  private static final double SPREAD = (Math.sqrt(5) - 1) / 2;

  private final short[] samples;

  /**
   * A loop over recordings.
   *
   * @param recordings their samples, all of one rate, in order
   * @throws IllegalArgumentException if there is no sample at all
   */
  public AudioLoop(List<short[]> recordings) {
    int length = recordings.stream().mapToInt(recording -> recording.length).sum();
    if (length == 0) {
      throw new IllegalArgumentException("there is no audio to loop over");
    }
    samples = new short[length];
    int to = 0;
    for (short[] recording : recordings) {
      System.arraycopy(recording, 0, samples, to, recording.length);
      to += recording.length;
    }
  }

  /** Samples of one round. */
  public int length() {
    return samples.length;
  }

  /**
   * Samples of a stream.
   *
   * @param stream the stream, from 0
   * @param firstSample index of the first one within the stream, at least 0
   * @param count how many
   */
  public short[] piece(int stream, long firstSample, int count) {
    double begin = stream * SPREAD;
    long at = (long) ((begin - Math.floor(begin)) * samples.length) + firstSample;
    short[] piece = new short[count];
    for (int done = 0; done < count; ) {
      int from = (int) ((at + done) % samples.length);
      int some = Math.min(count - done, samples.length - from);
      System.arraycopy(samples, from, piece, done, some);
      done += some;
    }
    return piece;
  }
}
