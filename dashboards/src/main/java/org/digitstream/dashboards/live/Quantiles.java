package org.digitstream.dashboards.live;

import java.util.Arrays;

/**
 * Quantiles by the nearest rank: the least value that so many per cent of the values do not exceed.
 *
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 */
public record Quantiles(double p50, double p95, double p99) {
  /** Of some values, in any order; null where there are none. */
  static Quantiles of(long... values) {
    if (values.length == 0) {
      return null;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Quantiles(rank(sorted, 50), rank(sorted, 95), rank(sorted, 99));
  }

  private static double rank(long[] sorted, int percent) {
    return sorted[Math.max(1, (percent * sorted.length + 99) / 100) - 1];
  }
}
