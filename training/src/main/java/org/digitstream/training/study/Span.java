package org.digitstream.training.study;

/** Which part of a recording its picture shows. */
public enum Span {
  /** From the beginning of the recording, as in the study, whose recordings were cut closely. */
  RECORDING,
  /** From the beginning of the word to its end, found by its level. */
  WORD
}
