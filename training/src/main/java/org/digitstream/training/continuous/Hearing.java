package org.digitstream.training.continuous;

import java.util.List;
import org.digitstream.inference.spotting.Detection;

/**
 * What was heard in a passage.
 *
 * @param passage the passage
 * @param detections every digit that was heard, however unsure, in order of time
 */
public record Hearing(Passage passage, List<Detection> detections) {
  /** Copies the list. */
  public Hearing {
    detections = List.copyOf(detections);
  }
}
