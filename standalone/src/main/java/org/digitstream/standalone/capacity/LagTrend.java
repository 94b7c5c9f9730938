package org.digitstream.standalone.capacity;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether somebody falls behind: by how much the mean lag of the last third of the samples exceeds
 * that of the first third. What is committed now and then goes up and down meanwhile, which the
 * means take out. One thread.
 */
public final class LagTrend {
  private final List<Double> lagSeconds = new ArrayList<>();

  /** Takes the next sample, in seconds of all streams' audio. */
  public void add(double seconds) {
    lagSeconds.add(seconds);
  }

  /** The last sample, 0 before the first. */
  public double lastSeconds() {
    return lagSeconds.isEmpty() ? 0 : lagSeconds.get(lagSeconds.size() - 1);
  }

  /** By how much it grew, in seconds; 0 of fewer than three samples. */
  public double growthSeconds() {
    int third = lagSeconds.size() / 3;
    return third == 0
        ? 0
        : mean(lagSeconds.subList(lagSeconds.size() - third, lagSeconds.size()))
            - mean(lagSeconds.subList(0, third));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
