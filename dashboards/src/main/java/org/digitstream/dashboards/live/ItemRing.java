package org.digitstream.dashboards.live;

import java.util.Arrays;

/**
 * The newest items of a sequence that is counted by an absolute number, each of so many bytes.
 * Items may be missing. Memory is taken as it is needed, up to that of all items. One thread at a
 * time.
 */
final class ItemRing {
  /** Items that follow each other. */
  record Run(long first, int count, byte[] bytes) {
    /** The number after the last one. */
    long next() {
      return first + count;
    }
  }

  private static final int PAGE_ITEMS = 128;

  private final int width;
  private final int capacity;
  private final byte[][] pages;
  private final boolean[] present;
  private boolean empty = true;
  private long next;

  /**
   * An empty ring.
   *
   * @param width bytes of an item, 1 or more
   * @param capacity how many items are kept, 1 or more
   */
  ItemRing(int width, int capacity) {
    this.width = width;
    this.capacity = capacity;
    this.pages = new byte[(capacity + PAGE_ITEMS - 1) / PAGE_ITEMS][];
    this.present = new boolean[capacity];
  }

  /** Bytes of an item. */
  int width() {
    return width;
  }

  /** Whether nothing was ever put in. */
  boolean isEmpty() {
    return empty;
  }

  /** The number after the last item. */
  long next() {
    return next;
  }

  /**
   * Puts an item in; one that is older than what is kept is ignored, one that is there is replaced.
   *
   * @param number its number, which may be negative
   * @param item its bytes, from {@code offset}
   */
  void put(long number, byte[] item, int offset) {
    if (empty) {
      next = number;
      empty = false;
    }
    if (number < next - capacity) {
      return;
    }
    if (number >= next + capacity) {
      Arrays.fill(present, false);
    } else {
      for (long missing = next; missing < number; missing++) {
        present[slot(missing)] = false;
      }
    }
    int slot = slot(number);
    int page = slot / PAGE_ITEMS;
    if (pages[page] == null) {
      pages[page] = new byte[PAGE_ITEMS * width];
    }
    System.arraycopy(item, offset, pages[page], slot % PAGE_ITEMS * width, width);
    present[slot] = true;
    next = Math.max(next, number + 1);
  }

  /**
   * The first items at or after a number that follow each other without one missing.
   *
   * @param from the number
   * @param most at most so many
   * @return null where there are none
   */
  Run run(long from, int most) {
    if (empty) {
      return null;
    }
    long first = Math.max(from, next - capacity);
    while (first < next && !present[slot(first)]) {
      first++;
    }
    int count = 0;
    while (count < most && first + count < next && present[slot(first + count)]) {
      count++;
    }
    if (count == 0) {
      return null;
    }
    byte[] copy = new byte[count * width];
    for (int i = 0; i < count; i++) {
      int slot = slot(first + i);
      System.arraycopy(pages[slot / PAGE_ITEMS], slot % PAGE_ITEMS * width, copy, i * width, width);
    }
    return new Run(first, count, copy);
  }

  private int slot(long number) {
    return (int) Math.floorMod(number, (long) capacity);
  }
}
