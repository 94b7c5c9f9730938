package org.digitstream.standalone.upkeep;

/** Told how far the reading of a topic has come; may throw to end the work. */
@FunctionalInterface
public interface ScanProgress {
  /** Of a topic this fraction has been read, 0 to 1. */
  void read(String topic, double fraction);
}
