package org.digitstream.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.Test;

class RecordingSelectionTest {
  @Test
  void ratesThatAreTooSlowOrTooFastAreLeftOutAndCounted() {
    Corpus corpus = corpus("pannous", "Agnes", 40, 60, 240, 260, 300);
    RecordingSelection.Selected selected = RecordingSelection.STUDY.select(corpus);
    assertThat(selected.utterances())
        .hasSize(20)
        .allMatch(u -> u.name().endsWith("_60.wav") || u.name().endsWith("_240.wav"));
    assertThat(selected.leftOut())
        .containsEntry("speaking rate of 40 or less", 10)
        .containsEntry("speaking rate of 260 or more", 20);
  }

  @Test
  void numbersThatCountTakesAreNoRates() {
    RecordingSelection.Selected selected =
        RecordingSelection.STUDY.select(corpus("fsdd", "theo", 0, 5, 10, 300));
    assertThat(selected.utterances()).hasSize(40);
    assertThat(selected.leftOut()).isEmpty();
  }

  @Test
  void whetherNumbersAreRatesCanBeSaid() {
    Corpus takes = corpus("fsdd", "theo", 1, 50);
    assertThat(select(RateRule.YES, takes)).isEqualTo(10);
    Corpus rates = corpus("pannous", "Agnes", 20, 60);
    assertThat(select(RateRule.NO, rates)).isEqualTo(20);
  }

  private static int select(RateRule rule, Corpus corpus) {
    return new RecordingSelection(rule, 40, 260, Set.of()).select(corpus).utterances().size();
  }

  @Test
  void eachCorpusIsJudgedByItsOwnNumbers() {
    List<Utterance> both = new ArrayList<>(corpus("fsdd", "theo", 0, 300).utterances());
    both.addAll(corpus("pannous", "Agnes", 60, 300).utterances());
    RecordingSelection.Selected selected =
        RecordingSelection.STUDY.select(new Corpus(both, List.of(), List.of()));
    assertThat(selected.leftOut()).containsOnlyKeys("speaking rate of 260 or more");
    assertThat(selected.utterances()).hasSize(30);
  }

  @Test
  void anExcludedSpeakerIsLeftOut() {
    List<Utterance> both = new ArrayList<>(corpus("pannous", "Agnes", 60).utterances());
    both.addAll(corpus("pannous", "Steffi", 60).utterances());
    RecordingSelection.Selected selected =
        new RecordingSelection(RateRule.AUTO, 40, 260, Set.of("Steffi"))
            .select(new Corpus(both, List.of(), List.of()));
    assertThat(selected.utterances()).hasSize(10).allMatch(u -> u.speaker().equals("Agnes"));
    assertThat(selected.leftOut()).containsEntry("speaker Steffi", 10);
  }

  @Test
  void nobodyCanBeExcludedWhoIsNotThere() {
    assertThatThrownBy(
            () ->
                new RecordingSelection(RateRule.AUTO, 40, 260, Set.of("Stefi"))
                    .select(corpus("pannous", "Steffi", 60)))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("Stefi")
        .hasMessageContaining("it has Steffi");
  }

  @Test
  void aDigitThatNobodySaysIsNamed() {
    Corpus corpus = corpus("c", "anna", 1).where(u -> u.digits().get(0).digit() != 7);
    assertThatThrownBy(() -> RecordingSelection.STUDY.select(corpus))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("digit 7");
  }

  @Test
  void theMessageOfAMissingDigitSaysWhatWasLeftOut() {
    assertThatThrownBy(() -> RecordingSelection.STUDY.select(corpus("pannous", "Agnes", 300)))
        .hasMessageContaining("10 (speaking rate of 260 or more)");
  }

  private static Corpus corpus(String corpus, String speaker, int... numbers) {
    List<Utterance> utterances = new ArrayList<>();
    for (int number : numbers) {
      for (int digit = 0; digit < 10; digit++) {
        utterances.add(Speech.isolated(corpus, speaker, digit, number));
      }
    }
    return new Corpus(utterances, List.of(), List.of());
  }
}
