package org.digitstream.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitKindTest {
  @Property(tries = 60)
  void everyPictureIsInExactlyOnePart(
      @ForAll SplitKind kind,
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 14) int speakers,
      @ForAll @IntRange(min = 6, max = 8) int takes) {
    List<PictureSet.Label> labels = StudyFixtures.labels(speakers, takes);
    Split split = kind.split(labels, seed);
    int[] all =
        IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.test()))
            .sorted()
            .toArray();
    assertThat(all).isEqualTo(IntStream.range(0, labels.size()).toArray());
    assertThat(split.training()).isNotEmpty();
    assertThat(split.test()).isNotEmpty();
  }

  @Property(tries = 60)
  void noSpeakerIsInBothPartsWhereTheyAreKeptApart(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 25) int speakers) {
    List<PictureSet.Label> labels = StudyFixtures.labels(speakers, 2);
    Split split = SplitKind.SPEAKER.split(labels, seed);
    Set<String> tested = people(labels, split.test());
    assertThat(people(labels, split.training())).doesNotContainAnyElementsOf(tested);
    assertThat(tested.size()).isBetween(Math.max(1, speakers / 10), (speakers + 9) / 10);
  }

  @Test
  void theTestPartIsATenth() {
    Split split = SplitKind.RANDOM.split(StudyFixtures.labels(6, 5), 1);
    assertThat(split.test()).hasSize(30);
    assertThat(split.training()).hasSize(270);
  }

  @Test
  void aSeedGivesTheSamePartsAndAnotherSeedOthers() {
    List<PictureSet.Label> labels = StudyFixtures.labels(6, 5);
    assertThat(SplitKind.RANDOM.split(labels, 4).test())
        .isEqualTo(SplitKind.RANDOM.split(labels, 4).test())
        .isNotEqualTo(SplitKind.RANDOM.split(labels, 5).test());
  }

  @Test
  void seedsInARowTestEverySpeakerOnce() {
    List<PictureSet.Label> labels = StudyFixtures.labels(6, 2);
    Set<String> tested = new TreeSet<>();
    for (long seed = 1; seed <= 6; seed++) {
      Set<String> people = people(labels, SplitKind.SPEAKER.split(labels, seed).test());
      assertThat(people).hasSize(1);
      tested.addAll(people);
    }
    assertThat(tested).hasSize(6);
  }

  @Test
  void takesZeroToFourAreTheOfficialTestPart() {
    List<PictureSet.Label> labels = StudyFixtures.labels(2, 12);
    Split split = SplitKind.FSDD.split(labels, 1);
    assertThat(split.test()).hasSize(2 * 10 * 5);
    assertThat(Arrays.stream(split.test()).mapToObj(i -> labels.get(i).name()))
        .allMatch(name -> name.matches("\\d_s\\d_[0-4]\\.wav"));
  }

  @Test
  void aSingleSpeakerCannotBeKeptApart() {
    assertThatThrownBy(() -> SplitKind.SPEAKER.split(StudyFixtures.labels(1, 3), 1))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("one speaker");
  }

  private static Set<String> people(List<PictureSet.Label> labels, int[] places) {
    return Arrays.stream(places).mapToObj(i -> labels.get(i).person()).collect(Collectors.toSet());
  }
}
