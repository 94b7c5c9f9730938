package org.digitstream.features.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.digitstream.contract.FeatureSpec;
import org.junit.jupiter.api.Test;

class MelFilterBankTest {
  @Test
  void areaNormalizedFiltersHaveAboutTheSameArea() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;
    MelFilterBank filters = new MelFilterBank(spec);
    double binHz = (double) spec.sampleRateHz() / spec.fftSamples();

    // The lowest filters span few bins, so that sampling the triangle shows.
    for (int band = 15; band < spec.bands(); band++) {
      assertThat(area(filters, band, spec) * binHz).as("band %d", band).isCloseTo(1, within(0.06));
    }
  }

  @Test
  void unnormalizedFiltersNeverExceedOneAndNeighboursSumToOne() {
    FeatureSpec spec = FeatureSpec.SEED;
    MelFilterBank filters = new MelFilterBank(spec);
    int bins = spec.fftSamples() / 2 + 1;

    for (int bin = 0; bin < bins; bin++) {
      float[] impulse = new float[bins];
      impulse[bin] = 1;
      double sum = 0;
      for (int band = 0; band < spec.bands(); band++) {
        float weight = filters.apply(band, impulse);
        assertThat(weight).isBetween(0f, 1f);
        sum += weight;
      }
      double hz = (double) bin * spec.sampleRateHz() / spec.fftSamples();
      // Between the first and the last centre the falling and the rising side add up to 1.
      if (hz > 120 && hz < 4800) {
        assertThat(sum).as("%.0f Hz", hz).isCloseTo(1, within(1e-5));
      }
      if (hz < spec.lowHz() || hz > spec.highHz()) {
        assertThat(sum).as("%.0f Hz", hz).isZero();
      }
    }
  }

  private static double area(MelFilterBank filters, int band, FeatureSpec spec) {
    float[] flat = new float[spec.fftSamples() / 2 + 1];
    Arrays.fill(flat, 1);
    return filters.apply(band, flat);
  }
}
