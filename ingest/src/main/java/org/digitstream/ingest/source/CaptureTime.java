package org.digitstream.ingest.source;

/** When samples were captured, or in a paced replay are due. */
@FunctionalInterface
interface CaptureTime {
  /**
   * When everything before a sample had been captured.
   *
   * @param nextSample index of the sample after the last one that is asked for
   * @return microseconds since 1970 UTC
   */
  long microsBefore(long nextSample);
}
