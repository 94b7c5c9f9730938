package org.digitstream.dashboards.web;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where audio goes that a person at the page brings. Whoever runs the page provides it, since the
 * page knows nothing of how audio becomes a stream. Any number of threads.
 */
public interface AudioIntake {
  /**
   * A recording that comes with the program.
   *
   * @param name its file name
   * @param seconds its length
   * @param said the digits that are said in it
   */
  record Recording(String name, double seconds, String said) {}

  /**
   * A replay that has begun.
   *
   * @param stream its stream
   * @param seconds how long it takes
   */
  record Replay(String stream, double seconds) {}

  /** A browser's microphone, open as a stream. One thread at a time. */
  interface Session {
    /** Identifies the stream. */
    String stream();

    /**
     * Takes the next samples, 16-bit mono at the rate of the session.
     *
     * @throws IntakeException where they cannot be delivered; the session is then over
     */
    void accept(short[] samples) throws IntakeException;

    /** Ends the stream, with an end marker where that can still be delivered; once. */
    void end();
  }

  /** The recordings that come with the program. */
  List<Recording> recordings();

  /**
   * Replays one of them at the speed at which it was spoken.
   *
   * @throws IntakeException where there is none of that name, or too much is running
   */
  Replay replay(String recording) throws IntakeException;

  /**
   * Replays a WAV file.
   *
   * @param name what it is called, for people
   * @param wav its bytes, header and all
   * @throws IntakeException where it cannot be read, or too much is running
   */
  Replay replay(String name, byte[] wav) throws IntakeException;

  /**
   * Begins a stream.
   *
   * @param name what it is called, for people
   * @param sampleRateHz rate of the samples to come, 8,000 to 96,000 Hz
   * @param notes is told, for the person who speaks, what becomes of the sound while it cannot be
   *     delivered; called within {@link Session#accept}
   * @throws IntakeException where too much is running, or the broker is away
   */
  Session open(String name, int sampleRateHz, Consumer<String> notes) throws IntakeException;
}
