package org.digitstream.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;

class TakeLimitTest {
  private static final Corpus CORPUS = corpus();

  /** Two people with 6 takes of each of three digits, two sentences of theirs, other words. */
  private static Corpus corpus() {
    List<Utterance> utterances = new ArrayList<>();
    for (String speaker : List.of("anna", "berta")) {
      for (int digit = 0; digit < 3; digit++) {
        for (int take = 0; take < 6; take++) {
          utterances.add(Speech.isolated("chords", speaker, digit, take));
        }
      }
    }
    Utterance sentence = utterance("s1.wav", Utterance.Kind.SENTENCE, digit(1, 10), digit(1, 90));
    utterances.add(sentence);
    utterances.add(utterance("s1.wav#10", Utterance.Kind.CUT_DIGIT, digit(1, 2)));
    utterances.add(utterance("s1.wav#90", Utterance.Kind.CUT_DIGIT, digit(1, 2)));
    utterances.add(utterance("s2.wav", Utterance.Kind.SENTENCE));
    utterances.add(utterance("go.wav", Utterance.Kind.OTHER_WORDS));
    return new Corpus(utterances, List.of(new NoiseRecording("hum.wav", new short[5])), List.of());
  }

  private static SpokenDigit digit(int digit, int at) {
    return new SpokenDigit(digit, at, at + 20);
  }

  private static Utterance utterance(String name, Utterance.Kind kind, SpokenDigit... digits) {
    return new Utterance("an4", "carla", name, kind, new short[200], List.of(digits), 0, 200);
  }

  private static Map<String, Long> counts(Corpus corpus) {
    return corpus.utterances().stream()
        .filter(TakeLimitTest::isDigit)
        .collect(
            Collectors.groupingBy(u -> u.person() + " " + u.transcript(), Collectors.counting()));
  }

  private static boolean isDigit(Utterance utterance) {
    return utterance.kind() == Utterance.Kind.ISOLATED_DIGIT
        || utterance.kind() == Utterance.Kind.CUT_DIGIT;
  }

  @Property(tries = 50)
  void ofEachDigitAndPersonThereAreAsManyAsThereAreUpToTheLimit(
      @ForAll @IntRange(min = 1, max = 9) int most, @ForAll long seed) {
    Map<String, Long> all = counts(CORPUS);
    Map<String, Long> limited = counts(new TakeLimit(most, seed).of(CORPUS));
    assertThat(limited).hasSameSizeAs(all);
    limited.forEach((key, count) -> assertThat(count).isEqualTo(Math.min(most, all.get(key))));
  }

  @Property(tries = 50)
  void theTakesOfALowerLimitAreAmongThoseOfAHigherOne(
      @ForAll @IntRange(min = 1, max = 6) int most, @ForAll long seed) {
    assertThat(new TakeLimit(most + 1, seed).of(CORPUS).utterances())
        .containsAll(new TakeLimit(most, seed).of(CORPUS).utterances());
  }

  @Property(tries = 20)
  void whatElseIsInTheCorpusDoesNotChangeTheDraw(@ForAll long seed) {
    Corpus anna = CORPUS.where(utterance -> utterance.speaker().equals("anna"));
    assertThat(new TakeLimit(2, seed).of(CORPUS).where(u -> u.speaker().equals("anna")))
        .isEqualTo(new TakeLimit(2, seed).of(anna));
  }

  @Test
  void anotherSeedDrawsOthers() {
    assertThat(new TakeLimit(2, 1).of(CORPUS)).isNotEqualTo(new TakeLimit(2, 2).of(CORPUS));
  }

  @Test
  void otherWordsNoiseAndSentencesWithoutDigitsStay() {
    Corpus limited = new TakeLimit(1, 1).of(CORPUS);
    assertThat(limited.utterances().stream().map(Utterance::name)).contains("go.wav", "s2.wav");
    assertThat(limited.noises()).isEqualTo(CORPUS.noises());
  }

  @Test
  void aSentenceStaysWhereAllItsDigitsStay() {
    assertThat(new TakeLimit(1, 1).of(CORPUS).utterances().stream().map(Utterance::name))
        .doesNotContain("s1.wav");
    assertThat(new TakeLimit(2, 1).of(CORPUS).utterances().stream().map(Utterance::name))
        .contains("s1.wav");
  }

  @Test
  void noLimitIsTheCorpusItself() {
    assertThat(new TakeLimit(TakeLimit.ALL, 1).of(CORPUS)).isSameAs(CORPUS);
  }

  @Test
  void aLimitOfNoneIsRefused() {
    assertThatThrownBy(() -> new TakeLimit(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 takes");
  }
}
