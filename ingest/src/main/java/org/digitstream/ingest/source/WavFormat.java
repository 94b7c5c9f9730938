package org.digitstream.ingest.source;

/**
 * What the header of a WAV file says about its samples.
 *
 * @param encoding how a sample is written
 * @param sampleRateHz 8,000 to 96,000 Hz
 * @param channels 1 to {@value #MAX_CHANNELS}, interleaved
 */
public record WavFormat(SampleEncoding encoding, int sampleRateHz, int channels) {
  /** The most channels that are mixed down. */
  public static final int MAX_CHANNELS = 64;

  /** The lowest sample rate that is read. */
  public static final int LEAST_RATE_HZ = 8_000;

  /** The highest sample rate that is read. */
  public static final int HIGHEST_RATE_HZ = 96_000;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public WavFormat {
    if (encoding == null) {
      throw new IllegalArgumentException("encoding must be set");
    }
    if (sampleRateHz < LEAST_RATE_HZ || sampleRateHz > HIGHEST_RATE_HZ) {
      throw new IllegalArgumentException(
          "a sample rate of "
              + sampleRateHz
              + " Hz is not within "
              + LEAST_RATE_HZ
              + ".."
              + HIGHEST_RATE_HZ
              + " Hz");
    }
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new IllegalArgumentException(channels + " channels are not within 1.." + MAX_CHANNELS);
    }
  }

  /** Bytes of one sample of every channel. */
  public int frameBytes() {
    return encoding.bytes() * channels;
  }

  /** For people, such as {@code 16-bit PCM, 44100 Hz, 2 channels}. */
  public String describe() {
    return encoding.description()
        + ", "
        + sampleRateHz
        + " Hz, "
        + channels
        + (channels == 1 ? " channel" : " channels");
  }
}
