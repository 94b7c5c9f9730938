package org.digitstream.standalone.explain;

/**
 * A moment of a stream with what lies around it, in samples counted from the stream's beginning.
 *
 * @param atSample the moment, at least 0
 * @param fromSample first sample around it, 0 to {@code atSample}
 * @param toSample sample after the last one around it, greater than {@code atSample}
 * @param sampleRateHz what the samples are counted in
 */
public record Moment(long atSample, long fromSample, long toSample, int sampleRateHz) {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException quoting the values that are out of order
   */
  public Moment {
    if (fromSample < 0 || atSample < fromSample || toSample <= atSample) {
      throw new IllegalArgumentException(
          "sample " + atSample + " is not within " + fromSample + ".." + toSample);
    }
  }

  /**
   * A moment in seconds.
   *
   * @param at seconds from the beginning of the stream, at least 0
   * @param before seconds before it, at least 0; what would be before the stream is left out
   * @param after seconds after it, greater than 0
   */
  public static Moment ofSeconds(double at, double before, double after, int sampleRateHz) {
    long atSample = Math.round(at * sampleRateHz);
    return new Moment(
        atSample,
        Math.max(0, atSample - Math.round(before * sampleRateHz)),
        atSample + Math.max(1, Math.round(after * sampleRateHz)),
        sampleRateHz);
  }

  /** The same without what lies outside of two samples. */
  Moment within(long firstSample, long endSample) {
    return new Moment(
        atSample,
        Math.max(fromSample, Math.min(firstSample, atSample)),
        Math.min(toSample, Math.max(endSample, atSample + 1)),
        sampleRateHz);
  }

  /** A sample in seconds. */
  public double seconds(long sample) {
    return (double) sample / sampleRateHz;
  }

  /** Whether a span of samples touches this. */
  boolean touches(long startSample, long endSample) {
    return endSample > fromSample && startSample < toSample;
  }
}
