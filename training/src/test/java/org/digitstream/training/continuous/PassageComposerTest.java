package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.Test;

class PassageComposerTest {
  private static final List<Utterance> STRANGERS = Speech.allDigits().utterances();
  private static final List<short[]> NOISES = List.of(Speech.word(1, 4_000, 0, 3));

  private static List<Passage> passages(long seed) {
    return new PassageComposer(Speech.RATE, seed).compose(STRANGERS, NOISES, 20, List.of(10.0));
  }

  private static List<Passage> of(List<Passage> passages, String condition) {
    return passages.stream().filter(passage -> passage.condition().equals(condition)).toList();
  }

  @Test
  void theSameSeedComposesTheSame() {
    List<Passage> one = passages(1);
    List<Passage> same = passages(1);
    assertThat(one).hasSameSizeAs(same);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i).samples()).isEqualTo(same.get(i).samples());
      assertThat(one.get(i).said()).isEqualTo(same.get(i).said());
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
      assertThat(string.said()).hasSizeBetween(4, 8);
      for (int i = 1; i < string.said().size(); i++) {
        gaps.add(string.said().get(i).startSample() - string.said().get(i - 1).endSample());
        doubled += string.said().get(i).digit() == string.said().get(i - 1).digit() ? 1 : 0;
      }
      assertThat(string.said().get(string.said().size() - 1).endSample())
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
      assertThat(noisy.get(i).said()).isEqualTo(clean.get(i).said());
      assertThat(noisy.get(i).samples()).isNotEqualTo(clean.get(i).samples());
    }
  }

  @Test
  void noiseHoldsNoDigits() {
    assertThat(of(passages(1), "noise"))
        .hasSize(1)
        .allSatisfy(passage -> assertThat(passage.said()).isEmpty());
  }
}
