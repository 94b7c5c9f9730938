package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import be.tarsos.dsp.resample.Resampler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerFiltersTest {
  private static final int BLOCK = 32;

  @ParameterizedTest
  @ValueSource(doubles = {2, 1 / 3.0, 16_000 / 44_100.0})
  void everyResamplerGivesTheBitsOfOneThatComputedItsOwnFilter(double factor) {
    List<Float> expected = resampled(new Resampler(true, factor, factor), factor);

    assertThat(resampled(ResamplerFilters.resampler(factor), factor)).isEqualTo(expected);
    for (int other = 3; other < 20; other++) {
      resampled(ResamplerFilters.resampler(1.0 / other), 1.0 / other);
    }
    assertThat(resampled(ResamplerFilters.resampler(factor), factor)).isEqualTo(expected);
    assertThat(resampled(ResamplerFilters.resampler(factor), factor)).isEqualTo(expected);
  }

  private static List<Float> resampled(Resampler resampler, double factor) {
    SplittableRandom random = new SplittableRandom(5);
    float[] block = new float[BLOCK];
    float[] output = new float[(int) (BLOCK * factor) + 64];
    List<Float> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < BLOCK; j++) {
        block[j] = (float) random.nextDouble(-1, 1);
      }
      int count =
          resampler.process(factor, block, 0, BLOCK, false, output, 0, output.length)
              .outputSamplesGenerated;
      for (int j = 0; j < count; j++) {
        all.add(output[j]);
      }
    }
    return all;
  }
}
