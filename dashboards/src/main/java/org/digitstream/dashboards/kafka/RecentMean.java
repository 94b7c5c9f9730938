package org.digitstream.dashboards.kafka;

/** The mean of the last one or two thousand values. One thread. */
final class RecentMean {
  private static final int HALVED_AT = 2_000;

  private double sum;
  private int count;

  void add(double value) {
    if (count == HALVED_AT) {
      sum /= 2;
      count /= 2;
    }
    sum += value;
    count++;
  }

  /** The mean; 0 where there was no value. */
  double get() {
    return count == 0 ? 0 : sum / count;
  }
}
