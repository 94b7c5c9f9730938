package org.digitstream.standalone.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a long run used no more at its end than in its middle. The first third is warm-up. Of
 * what is left, the median of the second half is held against that of the first: it may be larger
 * by a tenth, and by a little that has nothing to do with how long it runs.
 *
 * @param growing what grew, in words; empty where all is flat
 */
public record LongRunVerdict(List<String> growing) {
  /** Fewer samples say nothing. */
  public static final int LEAST_SAMPLES = 9;

  private static final double SHARE = 0.1;

  /**
   * What is looked at.
   *
   * @param name for people
   * @param slack what it may be larger by however small it is
   * @param of takes it out of a sample
   */
  private record Figure(String name, double slack, ToDoubleFunction<LongRunSample> of) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("heap after a collection, MiB", 5, LongRunSample::heapMebibytes),
          new Figure("memory off the heap, MiB", 10, LongRunSample::offHeapMebibytes),
          new Figure("threads", 3, LongRunSample::threads),
          // A segment of a topic on disk has three or four files, and those of an hour are kept.
          new Figure("file handles", 40, LongRunSample::fileHandles),
          new Figure("entries in state stores", 5, LongRunSample::storedEntries));

  /** Copies the list. */
  public LongRunVerdict {
    growing = List.copyOf(growing);
  }

  /**
   * Of a run's samples, in their order.
   *
   * @throws IllegalArgumentException where there are fewer than {@value #LEAST_SAMPLES}
   */
  public static LongRunVerdict of(List<LongRunSample> samples) {
    if (samples.size() < LEAST_SAMPLES) {
      throw new IllegalArgumentException(
          samples.size() + " samples say nothing; there must be " + LEAST_SAMPLES);
    }
    List<LongRunSample> warm = samples.subList(samples.size() / 3, samples.size());
    List<LongRunSample> before = warm.subList(0, warm.size() / 2);
    List<LongRunSample> after = warm.subList(warm.size() / 2, warm.size());
    List<String> growing = new ArrayList<>();
    for (Figure figure : FIGURES) {
      double then = median(before, figure.of);
      double now = median(after, figure.of);
      if (now > then * (1 + SHARE) + figure.slack) {
        growing.add(String.format(Locale.ROOT, "%s: from %.0f to %.0f", figure.name, then, now));
      }
    }
    return new LongRunVerdict(growing);
  }

  /** Whether nothing grew. */
  public boolean flat() {
    return growing.isEmpty();
  }

  private static double median(List<LongRunSample> samples, ToDoubleFunction<LongRunSample> of) {
    double[] sorted = samples.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
  }
}
