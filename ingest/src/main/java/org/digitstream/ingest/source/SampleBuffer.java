package org.digitstream.ingest.source;

import java.util.Arrays;

/** A growing sequence of samples; twice the memory of what it holds at most. */
final class SampleBuffer {
  private short[] samples = new short[4096];
  private int size;

  void append(short[] more) {
    if (more.length > samples.length - size) {
      int needed = Math.addExact(size, more.length);
      samples =
          Arrays.copyOf(
              samples,
              Math.max(needed, (int) Math.min(2L * samples.length, Integer.MAX_VALUE - 8)));
    }
    System.arraycopy(more, 0, samples, size, more.length);
    size += more.length;
  }

  int size() {
    return size;
  }

  /** Removes and returns the first {@code count} samples. */
  short[] take(int count) {
    short[] taken = Arrays.copyOf(samples, count);
    System.arraycopy(samples, count, samples, 0, size - count);
    size -= count;
    return taken;
  }

  short[] toArray() {
    return Arrays.copyOf(samples, size);
  }
}
