package org.digitstream.features.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Properties;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.FeatureSpec.LogScale;
import org.digitstream.contract.FeatureSpec.Spectrum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agreement with values that {@code src/test/golden/generate_golden.py} computed in float64 from
 * librosa's definitions; the tolerances lie beside them.
 */
class GoldenValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"wideband", "narrowband", "seed"})
  void framesAgreeWithAnIndependentComputation(String preset) throws IOException {
    FeatureSpec spec = FeatureSpec.preset(preset);
    Properties golden = properties();
    int frames = number(golden, preset + ".frames");
    int bands = number(golden, preset + ".bands");
    double tolerance = tolerance(golden, spec);
    double range = rangeInValues(golden, spec);

    short[] samples = samples(preset);
    assertThat(samples).hasSize(number(golden, preset + ".samples"));
    double[] expected = doubles(preset);
    assertThat(expected).hasSize(frames * bands);

    float[] actual = LogMelExtractor.extract(spec, samples);

    assertThat(actual).hasSize(expected.length);
    int compared = 0;
    for (int frame = 0; frame < frames; frame++) {
      double peak = Double.NEGATIVE_INFINITY;
      for (int band = 0; band < bands; band++) {
        peak = Math.max(peak, expected[frame * bands + band]);
      }
      for (int band = 0; band < bands; band++) {
        int i = frame * bands + band;
        if (expected[i] >= peak - range) {
          assertThat((double) actual[i])
              .as("frame %d band %d", frame, band)
              .isCloseTo(expected[i], within(tolerance));
          compared++;
        } else {
          assertThat((double) actual[i])
              .as("frame %d band %d, far below the frame's peak", frame, band)
              .isLessThan(peak - range + 1);
        }
      }
    }
    assertThat(compared).as("values above the range's lower end").isGreaterThan(frames * bands / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wideband", "narrowband", "seed"})
  void theGoldenSignalReachesTheFloorAndIsLoudToo(String preset) throws IOException {
    FeatureSpec spec = FeatureSpec.preset(preset);
    double[] expected = doubles(preset);

    assertThat(Arrays.stream(expected).min().orElseThrow()).isCloseTo(spec.silence(), within(1e-5));
    assertThat(Arrays.stream(expected).max().orElseThrow())
        .isGreaterThan(spec.silence() + rangeInValues(properties(), spec));
  }

  private static double tolerance(Properties golden, FeatureSpec spec) {
    return Double.parseDouble(
        golden.getProperty(spec.logScale() == LogScale.NATURAL ? "tolerance.ln" : "tolerance.db"));
  }

  /** The range in the unit of the values: nepers of power or of magnitude, or decibels. */
  private static double rangeInValues(Properties golden, FeatureSpec spec) {
    double decibels = number(golden, "range.db");
    if (spec.logScale() == LogScale.DECIBEL_20) {
      return decibels;
    }
    return decibels / (spec.spectrum() == Spectrum.POWER ? 10 : 20) * Math.log(10);
  }

  private static int number(Properties golden, String key) {
    return Integer.parseInt(golden.getProperty(key));
  }

  private static Properties properties() {
    Properties golden = new Properties();
    try (InputStream in = open("golden.properties")) {
      golden.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return golden;
  }

  private static short[] samples(String preset) throws IOException {
    ByteBuffer bytes = read(preset + ".pcm");
    short[] samples = new short[bytes.remaining() / Short.BYTES];
    bytes.asShortBuffer().get(samples);
    return samples;
  }

  private static double[] doubles(String preset) throws IOException {
    ByteBuffer bytes = read(preset + ".f64");
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  private static ByteBuffer read(String name) throws IOException {
    try (InputStream in = open(name)) {
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static InputStream open(String name) {
    InputStream in = GoldenValuesTest.class.getResourceAsStream("/golden/" + name);
    assertThat(in).as("golden file %s; run generate_golden.py", name).isNotNull();
    return in;
  }
}
