package org.digitstream.training.continuous;

import java.util.List;
import org.digitstream.inference.spotting.Detection;

/**
 * What was heard in a passage.
 *
 * @param transcript what there was to hear
 * @param detections every digit that was heard, however unsure, in order of time; their {@code
 *     neededSample} is {@link #NOT_TOLD} where a recognizer does not say when it was sure
 */
public record Hearing(Transcript transcript, List<Detection> detections) {
  /** Stands for a sample that is not known. */
  public static final long NOT_TOLD = -1;

  /** Copies the list. */
  public Hearing {
    detections = List.copyOf(detections);
  }

  /** What is left of it at a threshold: digits that are less sure do not count. */
  public Hearing atLeast(float threshold) {
    return new Hearing(
        transcript, detections.stream().filter(digit -> digit.confidence() >= threshold).toList());
  }
}
