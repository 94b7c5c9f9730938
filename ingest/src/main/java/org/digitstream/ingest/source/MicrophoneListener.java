package org.digitstream.ingest.source;

import org.digitstream.contract.GapReason;

/** What a person at the microphone wants to know; called on the capturing thread, so be quick. */
public interface MicrophoneListener {
  /** Hears nothing. */
  MicrophoneListener NONE = new MicrophoneListener() {};

  /** The level of the chunk that was just sent. */
  default void level(SoundLevel level) {}

  /**
   * The microphone gave nothing but zeros for {@value MicrophoneSource#SILENCE_SECONDS} seconds:
   * muted, denied by the system, or the wrong one. Told once until sound returns.
   */
  default void digitalSilence() {}

  /** Sound came after {@link #digitalSilence()} had been told. */
  default void soundReturned() {}

  /** The microphone went away; it is tried again every second. */
  default void deviceLost(String reason) {}

  /**
   * Samples were lost; the stream goes on behind them.
   *
   * @param lostSamples how many, at the rate of the stream
   */
  default void gap(GapReason reason, long lostSamples) {}
}
