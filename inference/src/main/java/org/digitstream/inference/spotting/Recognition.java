package org.digitstream.inference.spotting;

import java.util.List;

/**
 * What some frames led to.
 *
 * @param digits the digits that are over now, in order
 * @param outputs what the network gave out, a call each, in order
 * @param duplicateFrames how many of the frames had been seen before and were dropped
 * @param gapFrames how many frames were missing before them
 */
public record Recognition(
    List<Detection> digits, List<NetworkOutput> outputs, long duplicateFrames, long gapFrames) {
  /** Copies the lists. */
  public Recognition {
    digits = List.copyOf(digits);
    outputs = List.copyOf(outputs);
  }
}
