package org.digitstream.features.dsp;

import be.tarsos.dsp.util.fft.FloatFFT;
import java.util.Arrays;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.FeatureSpec.LogScale;
import org.digitstream.contract.FeatureSpec.Spectrum;

/**
 * One frame: window, FFT, mel filters, logarithm. Holds scratch memory, that in which samples of a
 * stream are joined included, for all extractors of a thread: one thread at a time. Reads nothing
 * but the samples of the frame, so a frame's bits depend on them alone.
 */
final class FrameAnalyzer {
  private static final float PCM_SCALE = 1f / 32768;

  /** Frames whose samples are scaled together. */
  private static final int GROUP_FRAMES = 10;

  private final FeatureSpec spec;
  private final MelFilterBank filters;
  private final FloatFFT fft;
  private final float[] window;
  private final int windowOffset;
  private final float[] scaled;
  private final float[] buffer;
  private final float[] spectrum;
  private final float floor;
  private short[] joined = new short[0];

  FrameAnalyzer(FeatureSpec spec) {
    this.spec = spec;
    filters = new MelFilterBank(spec);
    fft = new FloatFFT(spec.fftSamples());
    window = window(spec);
    windowOffset = (spec.fftSamples() - spec.windowSamples()) / 2;
    scaled = new float[(GROUP_FRAMES - 1) * spec.hopSamples() + window.length];
    buffer = new float[spec.fftSamples()];
    spectrum = new float[spec.fftSamples() / 2 + 1];
    floor = (float) spec.floor();
  }

  /**
   * What was left over, and what comes after it, in one piece.
   *
   * @param tailSamples how much of {@code tail} there is
   * @param from the first of the samples that are new
   * @return longer than needed, valid until this is called again
   */
  short[] joined(short[] tail, int tailSamples, short[] samples, int from) {
    int length = tailSamples + samples.length - from;
    if (joined.length < length) {
      joined = new short[length];
    }
    System.arraycopy(tail, 0, joined, 0, tailSamples);
    System.arraycopy(samples, from, joined, tailSamples, samples.length - from);
    return joined;
  }

  /**
   * Analyses {@code count} frames, the first of {@code samples[from .. from + fftSamples)}, each
   * one hop after the other, into {@code values[to .. to + count * bands)}.
   *
   * @param samples 16-bit samples
   * @param values receives the logarithms, lowest band first
   */
  void analyze(short[] samples, int from, int count, float[] values, int to) {
    for (int frame = 0; frame < count; frame++) {
      int place = frame % GROUP_FRAMES;
      if (place == 0) {
        int first = from + frame * spec.hopSamples() + windowOffset;
        scale(samples, first, Math.min(GROUP_FRAMES, count - frame));
      }
      analyze(place * spec.hopSamples(), values, to + frame * spec.bands());
    }
  }

  /** Frames overlap: a sample is made a float once for all that it lies in. */
  private void scale(short[] samples, int first, int frames) {
    int length = (frames - 1) * spec.hopSamples() + window.length;
    for (int i = 0; i < length; i++) {
      scaled[i] = samples[first + i] * PCM_SCALE;
    }
  }

  private void analyze(int from, float[] values, int to) {
    Arrays.fill(buffer, 0);
    for (int i = 0; i < window.length; i++) {
      buffer[windowOffset + i] = scaled[from + i] * window[i];
    }
    fft.realForward(buffer);
    // FloatFFT packs the real parts of the first and the last bin into the first two places.
    int last = spectrum.length - 1;
    spectrum[0] = buffer[0] * buffer[0];
    spectrum[last] = buffer[1] * buffer[1];
    for (int bin = 1; bin < last; bin++) {
      float re = buffer[2 * bin];
      float im = buffer[2 * bin + 1];
      spectrum[bin] = re * re + im * im;
    }
    if (spec.spectrum() == Spectrum.MAGNITUDE) {
      for (int bin = 0; bin <= last; bin++) {
        spectrum[bin] = (float) Math.sqrt(spectrum[bin]);
      }
    }
    boolean natural = spec.logScale() == LogScale.NATURAL;
    for (int band = 0; band < spec.bands(); band++) {
      double output = Math.max(filters.apply(band, spectrum), floor);
      values[to + band] = (float) (natural ? Math.log(output) : 20 * Math.log10(output));
    }
  }

  private static float[] window(FeatureSpec spec) {
    int length = spec.windowSamples();
    float[] window = new float[length];
    for (int i = 0; i < length; i++) {
      window[i] =
          (float)
              switch (spec.window()) {
                case HANN_PERIODIC -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
                case HAMMING_SYMMETRIC -> 0.54 - 0.46 * Math.cos(2 * Math.PI * i / (length - 1));
              };
    }
    return window;
  }
}
