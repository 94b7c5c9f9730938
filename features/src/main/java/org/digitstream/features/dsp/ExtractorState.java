package org.digitstream.features.dsp;

/**
 * What an extractor must remember between two pieces of audio: enough to go on after a crash with
 * the same bits.
 *
 * @param nextSample index of the next sample to come
 * @param tail the samples before it that frames to come still need; fewer than {@code fftSamples}
 */
public record ExtractorState(long nextSample, short[] tail) {
  /** The state before the first sample. */
  public static final ExtractorState START = new ExtractorState(0, new short[0]);

  /**
   * Checks both values.
   *
   * @throws IllegalArgumentException where there are more samples than the stream has had
   */
  public ExtractorState {
    if (nextSample < 0 || tail.length > nextSample) {
      throw new IllegalArgumentException(
          "a tail of " + tail.length + " samples does not end before sample " + nextSample);
    }
  }
}
