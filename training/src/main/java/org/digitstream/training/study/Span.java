package org.digitstream.training.study;

/** Which part of a recording its picture shows. */
public enum Span {
  /** From the beginning of the recording, as in the study, whose recordings were cut closely. */
  RECORDING,
  /**
   * The first word in it, found by its level exactly as the stream does with a study model; the
   * recording from its beginning where no word is heard.
   */
  WORD
}
