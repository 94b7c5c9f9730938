package org.digitstream.dashboards.live;

import java.util.Optional;

/** The newest audio of one stream; what is missing is silence. One thread at a time. */
final class AudioRing {
  private final short[] samples;
  private boolean empty = true;
  private long first;
  private long next;

  /**
   * An empty ring.
   *
   * @param capacity how many samples are kept
   */
  AudioRing(int capacity) {
    samples = new short[capacity];
  }

  /** Takes samples; those before what was taken already are ignored. */
  void put(long firstSample, short[] chunk) {
    if (empty) {
      empty = false;
      first = firstSample;
      next = firstSample;
    }
    long from = Math.max(firstSample, next - samples.length);
    if (firstSample > next) {
      for (long i = Math.max(next, firstSample - samples.length); i < firstSample; i++) {
        samples[slot(i)] = 0;
      }
    }
    for (long i = from; i < firstSample + chunk.length; i++) {
      samples[slot(i)] = chunk[(int) (i - firstSample)];
    }
    next = Math.max(next, firstSample + chunk.length);
    first = Math.max(first, next - samples.length);
  }

  /** Audio from where to where, as far as it is kept; nothing where none of it is. */
  Optional<AudioClip> read(long from, long to) {
    long begin = Math.max(from, first);
    long end = Math.min(to, next);
    if (empty || begin >= end) {
      return Optional.empty();
    }
    short[] copy = new short[(int) (end - begin)];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = samples[slot(begin + i)];
    }
    return Optional.of(new AudioClip(begin, copy));
  }

  private int slot(long index) {
    return (int) Math.floorMod(index, (long) samples.length);
  }
}
