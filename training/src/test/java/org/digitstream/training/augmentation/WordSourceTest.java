package org.digitstream.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.Test;

class WordSourceTest {
  private static final int DRAWS = 20_000;

  /** Two people say every digit four times; sixteen people say 0 and 1 once, and one of them 2. */
  private static WordSource source() {
    List<Utterance> utterances = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      for (int take = 0; take < 4; take++) {
        utterances.add(Speech.isolated("few", "anna", digit, take));
        utterances.add(Speech.isolated("few", "berta", digit, take));
      }
      for (int person = 0; person < (digit < 2 ? 16 : digit == 2 ? 1 : 0); person++) {
        utterances.add(Speech.isolated("many", "p" + person, digit, 0));
      }
    }
    return new WordSource(new Corpus(utterances, List.of(), List.of()), 0.025);
  }

  @Test
  void everyDigitIsDrawnAsOftenAsAnyOther() {
    WordSource source = source();
    SplittableRandom random = new SplittableRandom(1);
    shares(() -> source.digit(random), Utterance::transcript)
        .values()
        .forEach(share -> assertThat(share).isCloseTo(0.1, within(0.01)));
  }

  @Test
  void everyDigitIsDrawnAsOftenAlsoWhereOnePersonSaysThemAll() {
    WordSource source = source();
    SplittableRandom random = new SplittableRandom(1);
    Utterance person = Speech.isolated("many", "p3", 0, 0);
    shares(() -> source.digitBySamePerson(person, random), Utterance::transcript)
        .values()
        .forEach(share -> assertThat(share).isCloseTo(0.1, within(0.01)));
  }

  @Test
  void aPersonSaysWhatThePersonCanSay() {
    WordSource source = source();
    SplittableRandom random = new SplittableRandom(1);
    Utterance person = Speech.isolated("many", "p3", 0, 0);
    for (int i = 0; i < 1000; i++) {
      Utterance drawn = source.digitBySamePerson(person, random);
      assertThat(drawn.person().equals(person.person()))
          .as(drawn.name())
          .isEqualTo(List.of("0", "1").contains(drawn.transcript()));
    }
  }

  @Test
  void aCorpusOfManyPeopleIsDrawnMoreThanOneOfManyTakes() {
    WordSource source = source();
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Double> zeros = shares(() -> drawn(source, "0", random), Utterance::corpus);
    // The roots of 16 and 2 people, and a quarter of those of 16 and 8 recordings.
    double many = 4 + 1;
    double few = Math.sqrt(2) + Math.sqrt(8) / 4;
    assertThat(zeros.get("many")).isCloseTo(many / (many + few), within(0.01));

    Map<String, Double> people = shares(() -> drawn(source, "2", random), Utterance::person);
    assertThat(people).hasSize(3);
    assertThat(people.get("few/anna")).isCloseTo(people.get("few/berta"), within(0.02));
  }

  @Test
  void aCorpusSaysEveryDigitOfItsOwnAsOftenHoweverManySayIt() {
    WordSource source = source();
    SplittableRandom random = new SplittableRandom(1);
    double zeros = shares(() -> drawn(source, "0", random), Utterance::corpus).get("many");
    double twos = shares(() -> drawn(source, "2", random), Utterance::corpus).get("many");
    assertThat(twos).isCloseTo(zeros, within(0.01));
  }

  private static Utterance drawn(WordSource source, String word, SplittableRandom random) {
    while (true) {
      Utterance utterance = source.digit(random);
      if (utterance.transcript().equals(word)) {
        return utterance;
      }
    }
  }

  private static Map<String, Double> shares(
      Supplier<Utterance> draw, Function<Utterance, String> property) {
    Map<String, Double> shares = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      shares.merge(property.apply(draw.get()), 1.0 / DRAWS, Double::sum);
    }
    return shares;
  }
}
