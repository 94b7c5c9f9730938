package org.digitstream.runtime.kafka;

import java.util.Locale;

/** Why a record was put aside. */
public enum DeadLetterReason {
  /** The bytes are not the record that the topic holds. */
  MALFORMED,
  /** There are no bytes. */
  NO_VALUE,
  /** The record has no key. */
  NO_KEY,
  /** The key is not the stream id within the record. */
  KEY_MISMATCH,
  /** An index in the record leaves no room for what follows it. */
  INDEX_OUT_OF_RANGE,
  /** The audio has another sample rate than the feature specification. */
  SAMPLE_RATE_MISMATCH,
  /** The frames were made by another feature specification than the model's. */
  FEATURE_SPEC_MISMATCH;

  /** What metrics and headers call it: {@code key-mismatch}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
