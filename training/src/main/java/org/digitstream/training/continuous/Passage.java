package org.digitstream.training.continuous;

import java.util.List;

/**
 * A recording to listen to as to a stream.
 *
 * @param transcript what there is to hear in it
 * @param samples 16-bit mono, as many as the transcript says; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // large, made once
public record Passage(Transcript transcript, short[] samples) {
  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException where it is not that of the transcript
   */
  public Passage {
    if (samples.length != transcript.samples()) {
      throw new IllegalArgumentException(
          transcript.key()
              + ": "
              + samples.length
              + " samples where the transcript says "
              + transcript.samples());
    }
  }

  /** A passage of digits, or of nothing. */
  Passage(String condition, String person, String name, short[] samples, List<TimedDigit> said) {
    this(new Transcript(condition, person, name, samples.length, said, List.of()), samples);
  }
}
