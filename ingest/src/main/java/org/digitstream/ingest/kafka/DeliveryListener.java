package org.digitstream.ingest.kafka;

/**
 * What a person who speaks wants to know of the way to the broker; called on the thread that gives
 * the audio, so be quick.
 */
public interface DeliveryListener {
  /** Hears nothing. */
  DeliveryListener NONE = new DeliveryListener() {};

  /**
   * The broker is slow or away; audio is kept for it. Told once until {@link #caughtUp}.
   *
   * @param brokers where the broker is
   * @param mostSeconds how much audio is kept at most
   */
  default void waiting(String brokers, int mostSeconds) {}

  /** What was kept has been delivered, in order. */
  default void caughtUp() {}

  /**
   * No more can be kept: audio is lost from now on, and will be a gap. Told once until {@link
   * #resumed}.
   *
   * @param brokers where the broker is
   * @param keptSeconds how much audio is kept
   */
  default void losing(String brokers, double keptSeconds) {}

  /** There is room again: the stream goes on behind a gap. */
  default void resumed() {}
}
