package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamResamplerTest {
  private static final String RATES =
      """
      44100, 16000
      22050, 16000
       8000, 16000
      48000, 16000
      96000, 16000
      16000, 22050
      11025,  8000
      16000, 16000
      """;

  record Rates(int sourceHz, int targetHz) {}

  @Property(tries = 150)
  void everyWayOfCuttingGivesTheSameBits(
      @ForAll("rates") Rates rates,
      @ForAll("pieces") int piece,
      @ForAll @IntRange(max = 6000) int length,
      @ForAll long seed) {
    float[] input = noise(length, seed);
    assertThat(resampled(rates, input, piece)).isEqualTo(resampled(rates, input, 1 << 20));
  }

  @Property(tries = 50)
  void piecesOfRandomLengthGiveTheSameBits(@ForAll("rates") Rates rates, @ForAll long seed) {
    Random random = new Random(seed);
    float[] input = noise(5000, seed);
    StreamResampler resampler = new StreamResampler(rates.sourceHz(), rates.targetHz());
    float[] output = new float[(int) resampler.outputSamples(input.length)];
    int size = 0;
    for (int at = 0; at < input.length; ) {
      int length = Math.min(random.nextInt(700), input.length - at);
      float[] part = resampler.accept(input, at, length);
      System.arraycopy(part, 0, output, size, part.length);
      size += part.length;
      at += length;
    }
    float[] last = resampler.finish();
    System.arraycopy(last, 0, output, size, last.length);
    assertThat(size + last.length).isEqualTo(output.length);
    assertThat(output).isEqualTo(resampled(rates, input, input.length));
  }

  @Property(tries = 200)
  void theLengthIsRoundedExactly(
      @ForAll("rates") Rates rates, @ForAll @IntRange(max = 20_000) int length) {
    long expected = Math.round((double) length * rates.targetHz() / rates.sourceHz());
    assertThat(resampled(rates, new float[length], 997)).hasSize((int) expected);
  }

  @ParameterizedTest
  @CsvSource(textBlock = RATES)
  void aToneKeepsItsPlaceAndItsLevel(int sourceHz, int targetHz) {
    int hz = 1000;
    float[] output = resampled(new Rates(sourceHz, targetHz), tone(hz, sourceHz, 1.0), 333);
    float[] expected = tone(hz, targetHz, 1.0);
    // The ends see the silence around the tone.
    for (int i = targetHz / 50; i < targetHz - targetHz / 50; i++) {
      assertThat(output[i]).isCloseTo(expected[i], within(0.003f));
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = RATES)
  void anImpulseArrivesWithinAMillisecondOfItsPlace(int sourceHz, int targetHz) {
    float[] input = new float[sourceHz];
    input[sourceHz / 2] = 1;
    float[] output = resampled(new Rates(sourceHz, targetHz), input, 4096);
    int peak = 0;
    for (int i = 0; i < output.length; i++) {
      peak = Math.abs(output[i]) > Math.abs(output[peak]) ? i : peak;
    }
    assertThat((double) peak / targetHz).isCloseTo(0.5, within(0.5 / targetHz + 1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 16000, 10000",
    "48000, 16000, 9200",
    "96000, 16000, 30000",
    "22050, 16000, 9500",
    "44100, 8000, 5000",
    "16000, 8000, 5000"
  })
  void whatTheTargetCannotHoldIsGone(int sourceHz, int targetHz, int toneHz) {
    float[] output = resampled(new Rates(sourceHz, targetHz), tone(toneHz, sourceHz, 1.0), 512);
    double sum = 0;
    int from = targetHz / 50;
    for (int i = from; i < output.length - from; i++) {
      sum += output[i] * output[i];
    }
    double rms = Math.sqrt(sum / (output.length - 2 * from));
    assertThat(20 * Math.log10(rms / Math.sqrt(0.5))).isLessThan(-40);
  }

  @ParameterizedTest
  @CsvSource(textBlock = RATES)
  void theOutputLagsByLessThanSixMilliseconds(int sourceHz, int targetHz) {
    StreamResampler resampler = new StreamResampler(sourceHz, targetHz);
    double worstMillis = 0;
    for (int n = 1; n <= sourceHz / 4; n++) {
      resampler.accept(new float[1]);
      double lag = (double) n / sourceHz - (double) resampler.delivered() / targetHz;
      worstMillis = Math.max(worstMillis, 1000 * lag);
    }
    assertThat(worstMillis).isLessThan(6);
  }

  @ParameterizedTest
  @CsvSource({"0, 16000", "16000, 0", "400000, 16000", "1000, 96000"})
  void ratesOutOfBoundsAreRefusedByValue(int sourceHz, int targetHz) {
    assertThatThrownBy(() -> new StreamResampler(sourceHz, targetHz))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sourceHz + " Hz")
        .hasMessageContaining(targetHz + " Hz");
  }

  @Provide
  Arbitrary<Rates> rates() {
    return Combinators.combine(
            Arbitraries.of(8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000),
            Arbitraries.of(8000, 16_000, 22_050))
        .as(Rates::new);
  }

  @Provide
  Arbitrary<Integer> pieces() {
    return Arbitraries.of(1, 2, 3, 7, 31, 97, 320, 640, 997, 4096);
  }

  private static float[] resampled(Rates rates, float[] input, int piece) {
    StreamResampler resampler = new StreamResampler(rates.sourceHz(), rates.targetHz());
    float[] output = new float[(int) resampler.outputSamples(input.length)];
    int size = 0;
    for (int at = 0; at < input.length; at += piece) {
      float[] part = resampler.accept(input, at, Math.min(piece, input.length - at));
      System.arraycopy(part, 0, output, size, part.length);
      size += part.length;
    }
    float[] last = resampler.finish();
    System.arraycopy(last, 0, output, size, last.length);
    assertThat(size + last.length).isEqualTo(output.length);
    return output;
  }

  private static float[] tone(int hz, int rateHz, double seconds) {
    float[] samples = new float[(int) (seconds * rateHz)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * hz * i / rateHz);
    }
    return samples;
  }

  private static float[] noise(int length, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = 2 * random.nextFloat() - 1;
    }
    return samples;
  }
}
