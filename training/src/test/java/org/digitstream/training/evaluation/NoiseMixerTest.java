package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseMixerTest {
  private static final short[] HISS = hiss(40_000, 2000, 1);
  private static final Utterance WORD = Speech.isolated("fsdd", "theo", 4, 9);
  private final NoiseMixer mixer = new NoiseMixer(List.of(HISS, hiss(30_000, 20, 2)), 0, 1);

  @ParameterizedTest
  @ValueSource(doubles = {20, 10, 5, 0, -5})
  void theNoiseOverTheWordIsAsFarBelowItAsAsked(double noiseDb) {
    assertThat(ratioDb(mixer.mix(WORD, noiseDb), WORD, 0)).isCloseTo(noiseDb, within(0.1));
  }

  @Test
  void theMarginHoldsNoiseAlone() {
    short[] mixed = new NoiseMixer(List.of(HISS), 4000, 1).mix(WORD, 10);
    assertThat(mixed).hasSize(WORD.samples().length + 8000);
    assertThat(ratioDb(mixed, WORD, 4000)).isCloseTo(10, within(0.1));
    double speech = NoiseMixer.rms(WORD.samples(), WORD.wordStart(), WORD.wordEnd());
    assertThat(20 * Math.log10(speech / NoiseMixer.rms(mixed, 0, 4000))).isCloseTo(10, within(1.0));
  }

  @Test
  void aMixThatWouldClipIsMadeQuieterAsAWhole() {
    Utterance loud = atLevel(WORD, 5);
    short[] mixed = mixer.mix(loud, 0);
    int peak = IntStream.range(0, mixed.length).map(i -> Math.abs(mixed[i])).max().getAsInt();
    assertThat(peak).isBetween(32_000, 32_767);
    assertThat(mixed).isNotEqualTo(loud.samples());
  }

  @Test
  void theSameRecordingGetsTheSameNoiseWhateverCameBefore() {
    short[] first = mixer.mix(WORD, 5);
    mixer.mix(Speech.isolated("fsdd", "theo", 5, 9), 5);
    assertThat(mixer.mix(WORD, 5)).isEqualTo(first);
    assertThat(new NoiseMixer(List.of(HISS, hiss(30_000, 20, 2)), 0, 2).mix(WORD, 5))
        .isNotEqualTo(first);
  }

  @Test
  void withoutNoiseTheRecordingStaysAsItIs() {
    assertThat(mixer.mix(WORD, Answer.CLEAN)).isSameAs(WORD.samples());
  }

  @Test
  void whereThereIsNoNoiseThatIsSaid() {
    assertThatThrownBy(() -> new NoiseMixer(List.of(), 0, 1).mix(WORD, 5))
        .hasMessageContaining("'noise'");
    assertThatThrownBy(() -> new NoiseMixer(List.of(new short[500]), 0, 1).mix(WORD, 5))
        .hasMessageContaining("silent");
  }

  private static double ratioDb(short[] mixed, Utterance word, int margin) {
    short[] noise = new short[word.samples().length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) (mixed[margin + i] - word.samples()[i]);
    }
    return 20
        * Math.log10(
            NoiseMixer.rms(word.samples(), word.wordStart(), word.wordEnd())
                / NoiseMixer.rms(noise, word.wordStart(), word.wordEnd()));
  }

  private static Utterance atLevel(Utterance word, int gain) {
    short[] samples = word.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.max(-32_768, Math.min(32_767, gain * samples[i]));
    }
    return new Utterance(
        word.corpus(),
        word.speaker(),
        word.name(),
        word.kind(),
        samples,
        word.digits(),
        word.wordStart(),
        word.wordEnd());
  }

  private static short[] hiss(int length, int level, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) (level * (random.nextDouble() - 0.5));
    }
    return samples;
  }
}
