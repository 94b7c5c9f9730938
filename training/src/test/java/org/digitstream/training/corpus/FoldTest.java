package org.digitstream.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final List<Fold> DRAWN =
      Fold.NAMES.stream().filter(name -> !name.equals("accents")).map(Fold::named).toList();

  @Test
  void theListsAreThoseThatAreDrawn() {
    // Everybody is left out by some fold, so the lists name everybody there is to draw from.
    List<String> people = new ArrayList<>(everybody());
    Collections.shuffle(people, new Random(3));
    Map<String, Fold> drawn = FoldDraw.draw(people);
    assertThat(drawn.values())
        .extracting(Fold::name, Fold::leftOut)
        .containsExactlyInAnyOrderElementsOf(
            DRAWN.stream().map(fold -> tuple(fold.name(), fold.leftOut())).toList());
  }

  @Test
  void everyFoldLeavesOutTheSpeakerOfFsddThatItIsNamedBy() {
    for (Fold fold : DRAWN) {
      assertThat(of(fold, "fsdd/")).containsExactly("fsdd/" + fold.name());
    }
  }

  @Test
  void everybodyIsLeftOutOnce() {
    assertThat(everybody()).doesNotHaveDuplicates();
    assertThat(everybody()).filteredOn(person -> person.startsWith("an4/")).hasSize(74);
    assertThat(everybody())
        .filteredOn(person -> person.startsWith("speech-commands/"))
        .hasSize(502);
    assertThat(everybody())
        .filteredOn(person -> person.startsWith("wake-words/"))
        .containsExactlyInAnyOrder(
            "wake-words/computer",
            "wake-words/jarvis",
            "wake-words/smart-mirror",
            "wake-words/snowboy",
            "wake-words/view-glass");
  }

  @Test
  void theFifthsOfAn4AreOfOneSizeAndTheLastFoldHasNone() {
    for (Fold fold : DRAWN.subList(0, 5)) {
      assertThat(of(fold, "an4/")).hasSizeBetween(14, 15);
      assertThat(of(fold, "an4/f")).hasSizeBetween(4, 5);
    }
    assertThat(of(DRAWN.get(5), "an4/")).isEmpty();
    assertThat(of(DRAWN.get(5), "librispeech/")).containsExactly("librispeech/*");
  }

  @Test
  void everyFoldLeavesMostSpeakersOfEachDigitToBeTrainedOn() {
    for (Fold fold : DRAWN) {
      assertThat(fold.leftOut())
          .noneMatch(person -> person.startsWith("audiomnist/"))
          .noneMatch(person -> person.startsWith("indian-english/"));
      assertThat(of(fold, "speech-commands/")).hasSizeBetween(60, 110);
    }
    assertThat(Fold.named("accents").leftOut())
        .containsExactlyInAnyOrder("audiomnist/56", "indian-english/iitg2");
  }

  @Test
  void theListsOfNoiseAreThoseThatAreDrawn() {
    List<String> noises = new ArrayList<>(allNoises());
    Collections.shuffle(noises, new Random(3));
    Map<String, Set<String>> drawn = FoldDraw.drawNoises(noises);
    assertThat(drawn.keySet()).containsExactlyInAnyOrderElementsOf(Fold.NAMES);
    drawn.forEach(
        (name, some) ->
            assertThat(some)
                .as(name)
                .containsExactlyInAnyOrderElementsOf(Fold.named(name).noises()));
  }

  @Test
  void everyNoiseIsLeftOutOnceAndEveryFoldLeavesOutItsShare() {
    assertThat(allNoises()).hasSize(206).doesNotHaveDuplicates();
    for (String name : Fold.NAMES) {
      assertThat(Fold.named(name).noises()).as(name).hasSizeBetween(22, 38);
    }
  }

  @Test
  void whatWasCutFromOneRecordingOfNoiseIsLeftOutTogether() {
    Map<String, String> foldOfSource = new HashMap<>();
    for (String name : Fold.NAMES) {
      for (String noise : Fold.named(name).noises()) {
        String source = noise.replaceFirst("-[A-Z]\\.wav$", "");
        assertThat(foldOfSource.merge(source, name, (one, other) -> one + ", " + other))
            .as(noise)
            .matches(folds -> folds.replace(name, "").replace(", ", "").isEmpty());
      }
    }
    assertThat(foldOfSource).hasSizeLessThan(206);
  }

  @Test
  void nothingThatAFoldLeavesOutIsTrainedOnAndNothingElseIsKeptOut() {
    Fold fold = Fold.named("george");
    String left = fold.noises().iterator().next();
    Corpus corpus =
        new Corpus(
            List.of(Speech.isolated("fsdd", "george", 3, 7), Speech.isolated("fsdd", "theo", 3, 7)),
            List.of(
                new NoiseRecording(left, new short[1]),
                new NoiseRecording("hum.wav", new short[1])),
            List.of());
    Corpus trainable = new HeldOut(Set.of("fsdd/george"), fold.noises()).trainable(corpus);
    assertThat(trainable.noises()).extracting(NoiseRecording::name).containsExactly("hum.wav");
    assertThat(trainable.utterances()).extracting(Utterance::speaker).containsExactly("theo");
    assertThat(new HeldOut(Set.of()).trainable(corpus).noises()).hasSize(2);
  }

  @Test
  void onlyThosePresentCount() {
    Fold fold = new Fold("mine", Set.of("a/x", "a/y", "b/*"));
    assertThat(fold.among(List.of("a/x", "a/z", "b/1", "b/2", "c/x")))
        .containsExactly("a/x", "b/1", "b/2");
  }

  @Test
  void whereNobodyIsPresentTheCorporaAreNamed() {
    assertThatThrownBy(() -> Fold.named("theo").among(List.of("mine/theo")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fold theo")
        .hasMessageContaining("an4, fsdd, speech-commands, wake-words");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() -> Fold.named("frodo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frodo")
        .hasMessageContaining("george, jackson, lucas");
  }

  private static List<String> allNoises() {
    return Fold.NAMES.stream().flatMap(name -> Fold.named(name).noises().stream()).toList();
  }

  private static List<String> everybody() {
    return DRAWN.stream().flatMap(fold -> fold.leftOut().stream()).toList();
  }

  private static List<String> of(Fold fold, String corpus) {
    return fold.leftOut().stream().filter(person -> person.startsWith(corpus)).toList();
  }
}
