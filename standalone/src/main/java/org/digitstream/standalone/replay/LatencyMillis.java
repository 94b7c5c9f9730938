package org.digitstream.standalone.replay;

import java.util.Arrays;

/**
 * Quantiles of latency from the end of a word to its event, by the nearest rank: the least measured
 * value that so many per cent of the values do not exceed.
 *
 * @param p50 the median, in milliseconds
 * @param p95 in milliseconds
 * @param p99 in milliseconds
 */
public record LatencyMillis(double p50, double p95, double p99) {
  /**
   * Of some measurements, in any order.
   *
   * @return null if there are none
   */
  public static LatencyMillis of(double... millis) {
    if (millis.length == 0) {
      return null;
    }
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return new LatencyMillis(quantile(sorted, 50), quantile(sorted, 95), quantile(sorted, 99));
  }

  private static double quantile(double[] sorted, int percent) {
    int rank = (percent * sorted.length + 99) / 100;
    return Math.round(sorted[Math.max(rank, 1) - 1] * 10) / 10.0;
  }
}
