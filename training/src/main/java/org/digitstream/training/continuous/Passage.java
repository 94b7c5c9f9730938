package org.digitstream.training.continuous;

import java.util.List;

/**
 * A recording to listen to as to a stream.
 *
 * @param condition what sort of passage it is, for people
 * @param person {@code corpus/speaker}, or {@code -} where nobody speaks or nobody is named
 * @param name unique together with condition and person
 * @param samples 16-bit mono
 * @param said the digits in it, in order of time
 * @param otherWords how many recordings of other words it holds
 */
@SuppressWarnings("ArrayRecordComponent") // large, made once
public record Passage(
    String condition,
    String person,
    String name,
    short[] samples,
    List<TimedDigit> said,
    int otherWords) {
  /** Copies the list. */
  public Passage {
    said = List.copyOf(said);
  }
}
