package org.digitstream.training.study;

import java.util.Locale;

/** Whether the number in a recording's name is its speaking rate, as in {@code 0_Agnes_60.wav}. */
public enum RateRule {
  /**
   * In a corpus all of whose numbers are positive multiples of five. Where they count takes there
   * is a take 0 or 1.
   */
  AUTO,
  /** In every corpus. */
  YES,
  /** In none. */
  NO;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
