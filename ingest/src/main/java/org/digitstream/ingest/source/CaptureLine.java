package org.digitstream.ingest.source;

/**
 * An open microphone: 16-bit little-endian frames in a buffer of the system. Opened, read and
 * closed by one thread.
 */
public interface CaptureLine extends AutoCloseable {
  /** Frames per second. */
  int sampleRateHz();

  /** Channels, interleaved. */
  int channels();

  /** How many frames the system keeps before it loses some. */
  int bufferFrames();

  /** How many frames can be read at once now; a negative number where the device is gone. */
  int availableFrames();

  /**
   * Reads frames that are available.
   *
   * @param frames at most {@link #availableFrames()}
   * @return how many were read; 0 or less where the device is gone
   */
  int read(byte[] into, int frames);

  /** Throws away what is in the buffer. */
  void flush();

  @Override
  void close();
}
