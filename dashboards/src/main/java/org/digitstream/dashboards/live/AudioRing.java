package org.digitstream.dashboards.live;

import java.util.Arrays;
import java.util.Optional;

/**
 * The newest audio of one stream; what is missing is silence. Memory is taken as it is needed: most
 * streams of a replay are a second long. One thread at a time.
 */
final class AudioRing {
  private static final int PAGE_SAMPLES = 8192;

  private final int capacity;
  private final short[][] pages;
  private final long[] pageNumbers;
  private boolean empty = true;
  private long first;
  private long next;

  /**
   * An empty ring.
   *
   * @param capacity how many samples are kept
   */
  AudioRing(int capacity) {
    this.capacity = capacity;
    // The oldest and the newest page may both be there in part.
    pages = new short[capacity / PAGE_SAMPLES + 2][];
    pageNumbers = new long[pages.length];
  }

  /** Takes samples; those from before what is kept are ignored. */
  void put(long firstSample, short[] chunk) {
    if (empty) {
      empty = false;
      first = firstSample;
      next = firstSample;
    }
    long end = firstSample + chunk.length;
    long at = Math.max(Math.max(firstSample, next - capacity), end - capacity);
    while (at < end) {
      int within = (int) Math.floorMod(at, (long) PAGE_SAMPLES);
      int count = (int) Math.min(PAGE_SAMPLES - within, end - at);
      System.arraycopy(chunk, (int) (at - firstSample), page(at), within, count);
      at += count;
    }
    next = Math.max(next, end);
    first = Math.max(first, next - capacity);
  }

  /** The page that a sample is in, silent where it was another one's. */
  private short[] page(long sample) {
    long number = Math.floorDiv(sample, (long) PAGE_SAMPLES);
    int slot = slot(number);
    if (pages[slot] == null) {
      pages[slot] = new short[PAGE_SAMPLES];
    } else if (pageNumbers[slot] != number) {
      Arrays.fill(pages[slot], (short) 0);
    }
    pageNumbers[slot] = number;
    return pages[slot];
  }

  /** Audio from where to where, as far as it is kept; nothing where none of it is. */
  Optional<AudioClip> read(long from, long to) {
    long begin = Math.max(from, first);
    long end = Math.min(to, next);
    if (empty || begin >= end) {
      return Optional.empty();
    }
    short[] copy = new short[(int) (end - begin)];
    for (long at = begin; at < end; ) {
      long number = Math.floorDiv(at, (long) PAGE_SAMPLES);
      int within = (int) (at - number * PAGE_SAMPLES);
      int count = (int) Math.min(PAGE_SAMPLES - within, end - at);
      int slot = slot(number);
      if (pages[slot] != null && pageNumbers[slot] == number) {
        System.arraycopy(pages[slot], within, copy, (int) (at - begin), count);
      }
      at += count;
    }
    return Optional.of(new AudioClip(begin, copy));
  }

  private int slot(long pageNumber) {
    return (int) Math.floorMod(pageNumber, (long) pages.length);
  }
}
