package org.digitstream.inference.spotting;

import java.util.List;

/**
 * What some frames led to.
 *
 * @param digits the digits that are over now, in order
 * @param windows how many windows were classified
 * @param duplicateFrames how many of the frames had been seen before and were dropped
 * @param gapFrames how many frames were missing before them
 */
public record Recognition(
    List<Detection> digits, int windows, long duplicateFrames, long gapFrames) {
  /** Copies the list. */
  public Recognition {
    digits = List.copyOf(digits);
  }
}
