package org.digitstream.inference.spotting;

import org.digitstream.contract.FeatureSpec;

/**
 * From frames to samples.
 *
 * @param spec how samples became frames
 */
record FrameTimes(FeatureSpec spec) {
  /** The sample in the middle of a frame. */
  long centre(long frame) {
    return spec.firstSampleOfFrame(frame) + spec.fftSamples() / 2;
  }

  /** The sample after the last one of a frame. */
  long end(long frame) {
    return spec.firstSampleOfFrame(frame) + spec.fftSamples();
  }

  /** Half of what passes in a number of frames, in samples. */
  int half(int frames) {
    return frames * spec.hopSamples() / 2;
  }
}
