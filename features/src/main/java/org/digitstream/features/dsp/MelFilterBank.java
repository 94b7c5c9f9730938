package org.digitstream.features.dsp;

import java.util.Arrays;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.FeatureSpec.MelNormalization;

/**
 * Triangular filters, evenly spaced in mel, evaluated at the exact frequencies of the FFT's bins.
 *
 * <p>The definition is that of {@code librosa.filters.mel(sr, n_fft, n_mels, fmin, fmax, htk,
 * norm)}: {@code bands + 2} points evenly spaced in mel between the edges; filter {@code m} rises
 * from point {@code m} to point {@code m + 1} and falls to point {@code m + 2}. Immutable; any
 * number of threads.
 */
final class MelFilterBank {
  private final int[] firstBin;
  private final float[][] weights;

  MelFilterBank(FeatureSpec spec) {
    int bins = spec.fftSamples() / 2 + 1;
    double[] edgeHz = MelBands.edgesHz(spec);
    firstBin = new int[spec.bands()];
    weights = new float[spec.bands()][];
    for (int band = 0; band < spec.bands(); band++) {
      double lower = edgeHz[band];
      double centre = edgeHz[band + 1];
      double upper = edgeHz[band + 2];
      double scale =
          spec.melNormalization() == MelNormalization.SLANEY_AREA ? 2 / (upper - lower) : 1;
      double binsPerHz = (double) spec.fftSamples() / spec.sampleRateHz();
      int from = (int) Math.max(0, Math.floor(lower * binsPerHz));
      int to = (int) Math.min(bins - 1, Math.ceil(upper * binsPerHz));
      float[] all = new float[bins];
      int first = bins;
      int last = -1;
      for (int bin = from; bin <= to; bin++) {
        double hz = (double) bin * spec.sampleRateHz() / spec.fftSamples();
        double rising = (hz - lower) / (centre - lower);
        double falling = (upper - hz) / (upper - centre);
        all[bin] = (float) (scale * Math.max(0, Math.min(rising, falling)));
        if (all[bin] > 0) {
          first = Math.min(first, bin);
          last = bin;
        }
      }
      // A filter narrower than a bin catches none: it stays empty, as in librosa.
      firstBin[band] = last < 0 ? 0 : first;
      weights[band] = last < 0 ? new float[0] : Arrays.copyOfRange(all, first, last + 1);
    }
  }

  /** The filter's output for a band, of a spectrum of {@code fftSamples / 2 + 1} bins. */
  float apply(int band, float[] spectrum) {
    float[] filter = weights[band];
    int first = firstBin[band];
    float sum = 0;
    for (int i = 0; i < filter.length; i++) {
      sum += filter[i] * spectrum[first + i];
    }
    return sum;
  }
}
