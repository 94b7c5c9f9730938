package org.digitstream.inference.spotting;

import java.util.List;
import org.digitstream.contract.DigitEvent.RunnerUp;

/**
 * A digit in a stream.
 *
 * @param index counts the stream's digits from 0
 * @param digit the digit, 0 to 9
 * @param startSample first sample of the word
 * @param endSample sample after its last one
 * @param confidence mean probability of the digit over the word, calibrated, 0 to 1
 * @param runnersUp the next three digits by probability, best first
 * @param neededSample sample after the last one that had to come before this could be decided
 */
public record Detection(
    long index,
    int digit,
    long startSample,
    long endSample,
    float confidence,
    List<RunnerUp> runnersUp,
    long neededSample) {
  /** Copies the list. */
  public Detection {
    runnersUp = List.copyOf(runnersUp);
  }
}
