package org.digitstream.standalone.capacity;

import java.util.Locale;
import java.util.Optional;
import org.digitstream.standalone.replay.LatencyMillis;

/**
 * What a number of streams must keep to.
 *
 * @param latencyMillis the largest p99 of latency, above 0
 * @param lagGrowthSeconds by how much a service may fall behind while it is measured, in seconds of
 *     audio, above 0
 */
public record Limits(double latencyMillis, double lagGrowthSeconds) {
  /**
   * Checks both values.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public Limits {
    if (!(latencyMillis > 0) || !(lagGrowthSeconds > 0)) {
      throw new IllegalArgumentException(
          "latencyMillis "
              + latencyMillis
              + " and lagGrowthSeconds "
              + lagGrowthSeconds
              + " are not both above 0");
    }
  }

  /**
   * Why a level was not held.
   *
   * @param latency what was measured, or null where no event came
   * @param lagGrowth by how much the service that fell behind most did, in seconds of audio
   * @return nothing if it was held
   */
  public Optional<String> brokenBy(LatencyMillis latency, double lagGrowth) {
    if (latency == null) {
      return Optional.of("no event came");
    }
    if (latency.p99() > latencyMillis) {
      return Optional.of(
          String.format(Locale.ROOT, "p99 %.0f ms is above %.0f ms", latency.p99(), latencyMillis));
    }
    if (lagGrowth > lagGrowthSeconds) {
      return Optional.of(String.format(Locale.ROOT, "the lag grew by %.1f s of audio", lagGrowth));
    }
    return Optional.empty();
  }
}
