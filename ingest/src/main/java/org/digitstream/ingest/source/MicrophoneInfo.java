package org.digitstream.ingest.source;

import java.util.List;

/**
 * A microphone that the system offers.
 *
 * @param name what to choose it by
 * @param description what the system says about it
 * @param ratesHz the sample rates that it names, ascending; empty where it takes any, which means
 *     that something between it and us converts
 */
public record MicrophoneInfo(String name, String description, List<Integer> ratesHz) {
  /** Copies the list. */
  public MicrophoneInfo {
    ratesHz = List.copyOf(ratesHz);
  }
}
