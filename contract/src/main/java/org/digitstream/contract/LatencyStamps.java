package org.digitstream.contract;

/**
 * When the audio behind an event was captured and when the event was made; record headers, never
 * part of an event's identity.
 *
 * @param capturedAtMicros when the last sample that the event needed was captured, in microseconds
 *     since 1970 UTC
 * @param capturedSample index of the sample after that one
 * @param emittedAtMicros when the event was made, in microseconds since 1970 UTC
 */
public record LatencyStamps(long capturedAtMicros, long capturedSample, long emittedAtMicros) {
  /** Header with {@link #capturedAtMicros} in decimal digits. */
  public static final String CAPTURED_AT_MICROS = "captured-at-micros";

  /** Header with {@link #capturedSample} in decimal digits. */
  public static final String CAPTURED_SAMPLE = "captured-sample";

  /** Header with {@link #emittedAtMicros} in decimal digits. */
  public static final String EMITTED_AT_MICROS = "emitted-at-micros";
}
