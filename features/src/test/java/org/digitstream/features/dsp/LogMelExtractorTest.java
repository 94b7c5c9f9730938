package org.digitstream.features.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.digitstream.contract.FeatureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogMelExtractorTest {
  static Iterable<FeatureSpec> presets() {
    return FeatureSpec.PRESETS;
  }

  @ParameterizedTest
  @MethodSource("presets")
  void digitalSilenceIsTheFloorInEveryBand(FeatureSpec spec) {
    float[] values = LogMelExtractor.extract(spec, new short[spec.sampleRateHz()]);

    assertThat(values).isNotEmpty().containsOnly(spec.silence());
  }

  @ParameterizedTest
  @MethodSource("presets")
  void fullScaleStaysFinite(FeatureSpec spec) {
    short[] square = new short[spec.sampleRateHz()];
    for (int i = 0; i < square.length; i++) {
      square[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
    short[] constant = new short[spec.sampleRateHz()];
    Arrays.fill(constant, Short.MIN_VALUE);

    for (short[] samples : new short[][] {square, constant}) {
      for (float value : LogMelExtractor.extract(spec, samples)) {
        assertThat(value).isFinite().isGreaterThanOrEqualTo(spec.silence());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void aFrameComesWithItsLastSampleAndNotBefore(FeatureSpec spec) {
    LogMelExtractor extractor = new LogMelExtractor(spec);

    assertThat(extractor.accept(0, new short[spec.fftSamples() - 1]).values()).isEmpty();
    Extraction first = extractor.accept(spec.fftSamples() - 1, new short[1]);

    assertThat(first.firstFrame()).isZero();
    assertThat(first.values()).hasSize(spec.bands());
  }

  @Test
  void streamsThatShareTablesAreAsIfByThemselves() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;
    LogMelExtractors extractors = new LogMelExtractors(spec);
    Random random = new Random(5);
    List<short[]> sounds = List.of(noise(random), noise(random));
    List<LogMelExtractor> sharing =
        new ArrayList<>(List.of(extractors.begin(), extractors.begin()));
    List<List<Float>> values = List.of(new ArrayList<>(), new ArrayList<>());
    for (int from = 0; from < sounds.get(0).length; from += 700) {
      for (int stream = 0; stream < 2; stream++) {
        short[] all = sounds.get(stream);
        short[] chunk = Arrays.copyOfRange(all, from, Math.min(all.length, from + 700));
        for (float value : sharing.get(stream).accept(from, chunk).values()) {
          values.get(stream).add(value);
        }
        sharing.set(stream, extractors.resume(sharing.get(stream).state()));
      }
    }
    for (int stream = 0; stream < 2; stream++) {
      List<Float> alone = new ArrayList<>();
      for (float value : LogMelExtractor.extract(spec, sounds.get(stream))) {
        alone.add(value);
      }
      assertThat(values.get(stream)).isEqualTo(alone);
    }
  }

  private static short[] noise(Random random) {
    short[] samples = new short[16_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(1 << 16);
    }
    return samples;
  }

  @Test
  void aToneIsLoudestInTheBandThatHoldsIt() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;
    short[] tone = new short[spec.fftSamples()];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) Math.round(16_000 * Math.sin(2 * Math.PI * 1000 * i / 16_000));
    }

    float[] values = LogMelExtractor.extract(spec, tone);

    int loudest = 0;
    for (int band = 1; band < values.length; band++) {
      loudest = values[band] > values[loudest] ? band : loudest;
    }
    // 42 points from mel 0.75 (50 Hz) to 44.5 (7600 Hz) are 1.067 apart: 1 kHz, mel 15, lies next
    // to
    // point 13, the centre of band 12.
    assertThat(loudest).isEqualTo(12);
  }

  @Test
  void aGapThatIsShorterThanAHopIsAGapToo() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;
    LogMelExtractor extractor = new LogMelExtractor(spec);
    extractor.accept(0, new short[600]);

    Extraction after = extractor.accept(601, new short[1000]);

    assertThat(after.gapSamples()).isEqualTo(1);
    // Frames 1 to 3 reach over the lost sample; frame 4 starts at 640.
    assertThat(after.firstFrame()).isEqualTo(4);
  }

  @Test
  void indicesFarIntoAStreamStayAbsolute() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;
    long years = 16_000L * 3600 * 24 * 365 * 100;
    LogMelExtractor extractor = new LogMelExtractor(spec);

    Extraction extraction = extractor.accept(years, new short[512]);

    assertThat(extraction.firstFrame()).isEqualTo(years / 160);
    assertThat(extraction.gapSamples()).isEqualTo(years);
    assertThat(extraction.values()).hasSize(40);
  }

  @Test
  void aStateWithMoreSamplesThanTheStreamHasHadIsRefused() {
    assertThatThrownBy(() -> new ExtractorState(3, new short[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4")
        .hasMessageContaining("3");
  }

  @Test
  void whatIsHandedInIsNotKept() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;
    short[] samples = new short[300];
    LogMelExtractor extractor = new LogMelExtractor(spec);
    extractor.accept(0, samples);

    Arrays.fill(samples, (short) 20_000);
    Arrays.fill(extractor.state().tail(), (short) 20_000);

    assertThat(extractor.accept(300, new short[212]).values()).containsOnly(spec.silence());
  }
}
