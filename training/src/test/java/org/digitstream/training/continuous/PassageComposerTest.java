package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.NoiseRecording;
import org.junit.jupiter.api.Test;

class PassageComposerTest {
  private static final NoiseRecording NOISE =
      new NoiseRecording("hum.wav", Speech.word(1, 4_000, 0, 3));
  private static final NoiseRecording LONG =
      new NoiseRecording("long.wav", Speech.word(1, 70_000, 0, 3));
  private static final Corpus STRANGERS =
      new Corpus(Speech.allDigits().utterances(), List.of(NOISE, LONG), List.of());

  private static List<Passage> passages(long seed) {
    return new PassageComposer(Speech.RATE, seed)
        .compose(STRANGERS, List.of(NOISE), 20, List.of(10.0));
  }

  private static List<Passage> of(List<Passage> passages, String condition) {
    return passages.stream()
        .filter(passage -> passage.transcript().condition().equals(condition))
        .toList();
  }

  @Test
  void theSameSeedComposesTheSame() {
    List<Passage> one = passages(1);
    List<Passage> same = passages(1);
    assertThat(one).hasSameSizeAs(same);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i).samples()).isEqualTo(same.get(i).samples());
      assertThat(one.get(i).transcript().said()).isEqualTo(same.get(i).transcript().said());
    }
    assertThat(passages(2).get(0).samples()).isNotEqualTo(one.get(0).samples());
  }

  @Test
  void stringsHaveGapsNoGapsAndDoubledDigits() {
    List<Passage> strings = of(passages(1), "strings");
    assertThat(strings).isNotEmpty();
    List<Long> gaps = new ArrayList<>();
    int doubled = 0;
    for (Passage string : strings) {
      assertThat(string.transcript().said()).hasSizeBetween(4, 8);
      for (int i = 1; i < string.transcript().said().size(); i++) {
        gaps.add(
            string.transcript().said().get(i).startSample()
                - string.transcript().said().get(i - 1).endSample());
        doubled +=
            string.transcript().said().get(i).digit()
                    == string.transcript().said().get(i - 1).digit()
                ? 1
                : 0;
      }
      assertThat(string.transcript().said().get(string.transcript().said().size() - 1).endSample())
          .isLessThan(string.samples().length);
    }
    assertThat(gaps).allMatch(gap -> gap >= -0.0601 * Speech.RATE && gap <= 0.4 * Speech.RATE);
    assertThat(gaps).anyMatch(gap -> gap < 0);
    assertThat((double) doubled / gaps.size()).isBetween(0.12, 0.45);
  }

  @Test
  void theSameStringsAreTriedInNoise() {
    List<Passage> clean = of(passages(1), "strings");
    List<Passage> noisy = of(passages(1), "strings, 10 dB");
    assertThat(noisy).hasSameSizeAs(clean);
    for (int i = 0; i < clean.size(); i++) {
      assertThat(noisy.get(i).transcript().said()).isEqualTo(clean.get(i).transcript().said());
      assertThat(noisy.get(i).samples()).isNotEqualTo(clean.get(i).samples());
    }
  }

  @Test
  void noiseHoldsNoDigitsAndIsHeardWhole() {
    assertThat(of(passages(1), "noise"))
        .extracting(passage -> passage.transcript().name(), passage -> passage.samples().length)
        .containsExactly(
            tuple("hum.wav", 4 * Speech.RATE),
            tuple("long.wav", 60 * Speech.RATE),
            tuple("long.wav from 960000", 10 * Speech.RATE));
    assertThat(of(passages(1), "noise"))
        .allSatisfy(passage -> assertThat(passage.transcript().said()).isEmpty());
  }

  @Test
  void theNoiseThatIsMixedIsNotAllThatIsListenedTo() {
    NoiseRecording other = new NoiseRecording("other.wav", Speech.word(8, 4_000, 0, 5));
    List<Passage> otherwise =
        new PassageComposer(Speech.RATE, 1).compose(STRANGERS, List.of(other), 20, List.of(10.0));
    assertThat(of(otherwise, "noise")).hasSameSizeAs(of(passages(1), "noise"));
    assertThat(of(otherwise, "strings, 10 dB").get(0).samples())
        .isNotEqualTo(of(passages(1), "strings, 10 dB").get(0).samples());
  }
}
