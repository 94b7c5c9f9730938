package org.digitstream.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    assertThat(drawn.values()).containsExactlyInAnyOrderElementsOf(DRAWN);
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

  private static List<String> everybody() {
    return DRAWN.stream().flatMap(fold -> fold.leftOut().stream()).toList();
  }

  private static List<String> of(Fold fold, String corpus) {
    return fold.leftOut().stream().filter(person -> person.startsWith(corpus)).toList();
  }
}
