package org.digitstream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.digitstream.contract.FeatureSpec.LogScale;
import org.digitstream.contract.FeatureSpec.MelNormalization;
import org.digitstream.contract.FeatureSpec.MelScale;
import org.digitstream.contract.FeatureSpec.Spectrum;
import org.digitstream.contract.FeatureSpec.WindowFunction;
import org.junit.jupiter.api.Test;

class FeatureSpecTest {
  /** Every shipped model and every record of frames carries one of these. */
  @Test
  void idsOfThePresetsNeverChange() {
    assertThat(FeatureSpec.WIDEBAND.id()).isEqualTo("wideband-fe82b706");
    assertThat(FeatureSpec.NARROWBAND.id()).isEqualTo("narrowband-2e759c12");
    assertThat(FeatureSpec.SEED.id()).isEqualTo("seed-7bc07eb7");
  }

  @Test
  void everyValueThatDecidesAFrameDecidesTheId() {
    FeatureSpec base = new Draft().build();
    List<FeatureSpec> others =
        List.of(
            new Draft().rate(16_001).build(),
            new Draft().window(399).build(),
            new Draft().fft(1024).build(),
            new Draft().hop(161).build(),
            new Draft().window(WindowFunction.HAMMING_SYMMETRIC).build(),
            new Draft().spectrum(Spectrum.MAGNITUDE).build(),
            new Draft().mel(MelScale.HTK).build(),
            new Draft().normalization(MelNormalization.NONE).build(),
            new Draft().bands(41).build(),
            new Draft().edges(50.5, 7600).build(),
            new Draft().edges(50, 7600.5).build(),
            new Draft().log(LogScale.DECIBEL_20).build(),
            new Draft().floor(1e-9).build());

    Set<String> ids = new HashSet<>();
    ids.add(base.id());
    others.forEach(spec -> ids.add(spec.id()));

    assertThat(ids).hasSize(others.size() + 1);
    assertThat(new Draft().build().id()).isEqualTo(base.id());
  }

  @Test
  void presetsAreFoundByName() {
    assertThat(FeatureSpec.preset("narrowband")).isSameAs(FeatureSpec.NARROWBAND);
    assertThatThrownBy(() -> FeatureSpec.preset("broadband"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'broadband'")
        .hasMessageContaining("wideband, narrowband, seed");
  }

  @Test
  void everyProblemIsReportedWithItsValueAndBounds() {
    assertThatThrownBy(() -> new Draft().rate(7_000).window(600).hop(0).bands(0).floor(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sampleRateHz 7000 is not within 8000..96000")
        .hasMessageContaining("windowSamples 600 is not within 2..fftSamples (512)")
        .hasMessageContaining("hopSamples 0 is not within 1..fftSamples (512)")
        .hasMessageContaining("bands 0 is not within 1..256")
        .hasMessageContaining("band edges 50.0..7600.0 Hz are not within 0..3500.0 Hz")
        .hasMessageContaining("floor 0.0 is not a positive number");
  }

  @Test
  void valuesOutOfBoundsAreRefused() {
    List<Draft> bad =
        List.of(
            new Draft().name(" "),
            new Draft().name(null),
            new Draft().rate(96_001),
            new Draft().fft(500),
            new Draft().fft(16_384),
            new Draft().window(1),
            new Draft().hop(513),
            new Draft().bands(257),
            new Draft().edges(-1, 7600),
            new Draft().edges(7600, 7600),
            new Draft().edges(50, 8000.5),
            new Draft().edges(Double.NaN, 7600),
            new Draft().edges(50, Double.NaN),
            new Draft().floor(Double.NaN),
            new Draft().floor(Double.POSITIVE_INFINITY),
            new Draft().window(null),
            new Draft().log(null));
    for (Draft draft : bad) {
      assertThatThrownBy(draft::build).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void jsonRestoresTheSpecification() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (FeatureSpec spec : FeatureSpec.PRESETS) {
      FeatureSpec restored = json.readValue(json.writeValueAsString(spec), FeatureSpec.class);

      assertThat(restored).isEqualTo(spec);
      assertThat(restored.id()).isEqualTo(spec.id());
    }
  }

  @Test
  void framesAndSamplesConvertIntoEachOther() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;

    assertThat(spec.hopMillis()).isEqualTo(10);
    assertThat(spec.silence()).isCloseTo(-23.02585f, within(1e-5f));
    assertThat(FeatureSpec.SEED.silence()).isEqualTo(-100f);
    assertThat(spec.firstSampleOfFrame(3)).isEqualTo(480);
    assertThat(spec.firstFrameFrom(480)).isEqualTo(3);
    assertThat(spec.firstFrameFrom(481)).isEqualTo(4);
    assertThat(spec.firstFrameFrom(0)).isZero();
  }

  @Test
  void theDescriptionShowsEveryValue() {
    assertThat(FeatureSpec.SEED.describe())
        .contains(FeatureSpec.SEED.id(), "22050", "1024", "256", "HAMMING_SYMMETRIC", "MAGNITUDE")
        .contains("64", "50-5000", "HTK", "NONE", "DECIBEL_20", "1.0E-5");
  }

  /** Wideband with some values changed. */
  private static final class Draft {
    private String name = "draft";
    private int rate = 16_000;
    private int window = 400;
    private int fft = 512;
    private int hop = 160;
    private WindowFunction function = WindowFunction.HANN_PERIODIC;
    private Spectrum spectrum = Spectrum.POWER;
    private MelScale mel = MelScale.SLANEY;
    private MelNormalization normalization = MelNormalization.SLANEY_AREA;
    private int bands = 40;
    private double low = 50;
    private double high = 7600;
    private LogScale log = LogScale.NATURAL;
    private double floor = 1e-10;

    Draft name(String value) {
      name = value;
      return this;
    }

    Draft rate(int value) {
      rate = value;
      return this;
    }

    Draft window(int value) {
      window = value;
      return this;
    }

    Draft window(WindowFunction value) {
      function = value;
      return this;
    }

    Draft fft(int value) {
      fft = value;
      return this;
    }

    Draft hop(int value) {
      hop = value;
      return this;
    }

    Draft spectrum(Spectrum value) {
      spectrum = value;
      return this;
    }

    Draft mel(MelScale value) {
      mel = value;
      return this;
    }

    Draft normalization(MelNormalization value) {
      normalization = value;
      return this;
    }

    Draft bands(int value) {
      bands = value;
      return this;
    }

    Draft edges(double lowHz, double highHz) {
      low = lowHz;
      high = highHz;
      return this;
    }

    Draft log(LogScale value) {
      log = value;
      return this;
    }

    Draft floor(double value) {
      floor = value;
      return this;
    }

    FeatureSpec build() {
      return new FeatureSpec(
          name,
          rate,
          window,
          fft,
          hop,
          function,
          spectrum,
          mel,
          normalization,
          bands,
          low,
          high,
          log,
          floor);
    }
  }
}
