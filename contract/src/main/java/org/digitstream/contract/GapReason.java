package org.digitstream.contract;

/** Why the samples before a chunk are missing. */
public enum GapReason {
  /** Nothing is missing. */
  NONE,
  /** The capture buffer overran before it was read. */
  OVERRUN,
  /** The microphone went away and came back. */
  DEVICE_LOST,
  /** The broker was away for longer than audio could be kept. */
  BUFFER_FULL
}
