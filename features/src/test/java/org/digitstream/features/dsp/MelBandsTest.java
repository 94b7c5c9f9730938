package org.digitstream.features.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.digitstream.contract.FeatureSpec;
import org.junit.jupiter.api.Test;

class MelBandsTest {
  @Test
  void peaksLieBetweenTheEdgesOfTheirBands() {
    for (FeatureSpec spec : FeatureSpec.PRESETS) {
      double[] edges = MelBands.edgesHz(spec);
      List<Double> peaks = MelBands.peaksHz(spec);
      assertThat(peaks).hasSize(spec.bands()).isSorted();
      for (int band = 0; band < spec.bands(); band++) {
        assertThat(peaks.get(band)).isBetween(edges[band], edges[band + 2]);
      }
      assertThat(edges[0]).isCloseTo(spec.lowHz(), within(1e-9));
      assertThat(edges[edges.length - 1]).isCloseTo(spec.highHz(), within(1e-9));
    }
  }

  /** Both scales by hand: Slaney's has 15 at 1 kHz, the HTK book's about 1000. */
  @Test
  void theFirstPeakIsOneStepOfItsScaleAboveTheLowerEdge() {
    double slaneyStep = (15 + Math.log(7.6) * 27 / Math.log(6.4) - 0.75) / 41;
    assertThat(MelBands.peaksHz(FeatureSpec.WIDEBAND).get(0))
        .isCloseTo((0.75 + slaneyStep) * 200 / 3, within(1e-9));
    double low = 2595 * Math.log10(1 + 50.0 / 700);
    double step = (2595 * Math.log10(1 + 5000.0 / 700) - low) / 65;
    assertThat(MelBands.peaksHz(FeatureSpec.SEED).get(0))
        .isCloseTo(700 * (Math.pow(10, (low + step) / 2595) - 1), within(1e-9));
  }
}
