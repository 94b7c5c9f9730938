package org.digitstream.standalone.replay;

import org.digitstream.contract.LatencyStamps;

/** How long it took from a sample to its event. */
public final class Latency {
  private Latency() {}

  /**
   * From the time when a sample was captured, or was due in a paced replay, to a later time.
   *
   * @param stamps tell when one sample of the stream was captured; any other one was captured
   *     before or after it at the sample rate
   * @param sample the sample, as an absolute index
   * @param sampleRateHz what samples are counted in
   * @param laterMicros the later time, in microseconds since 1970 UTC
   * @return microseconds; negative if the clocks disagree
   */
  public static long micros(LatencyStamps stamps, long sample, int sampleRateHz, long laterMicros) {
    long sinceSample = (stamps.capturedSample() - sample) * 1_000_000L / sampleRateHz;
    return laterMicros - (stamps.capturedAtMicros() - sinceSample);
  }
}
