package org.digitstream.training.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.digitstream.inference.spotting.DecodedWords;
import org.digitstream.training.augmentation.Strip;
import org.junit.jupiter.api.Test;

class DecodedSceneTest {
  private static final int LENGTH = 100_000;
  private static final int NONE = 10;

  private static Strip.PlacedDigit said(int digit, int from, int to) {
    return new Strip.PlacedDigit(digit, false, from, to, 10);
  }

  private static List<Integer> labels(
      List<Strip.PlacedDigit> said, DecodedWords.Question... words) {
    Strip strip = new Strip(new short[LENGTH], new byte[LENGTH], List.of(), said, new byte[LENGTH]);
    return DecodedScene.examples(strip, List.of(words), 1600).stream()
        .map(JudgeExample::said)
        .toList();
  }

  private static DecodedWords.Question word(int from, int to) {
    return new DecodedWords.Question(9, from, to, new float[] {from});
  }

  @Test
  void aWordIsTheDigitThatItLiesOn() {
    List<Strip.PlacedDigit> said = List.of(said(3, 1000, 9000), said(7, 9000, 15_000));
    assertThat(labels(said, word(500, 9500), word(9500, 14_000))).containsExactly(3, 7);
  }

  @Test
  void aWordWhereNoDigitWasSaidIsNone() {
    List<Strip.PlacedDigit> said = List.of(said(3, 1000, 9000));
    assertThat(labels(said, word(20_000, 25_000), word(8900, 12_000))).containsExactly(NONE, NONE);
  }

  @Test
  void whatIsPartlyADigitTeachesNothing() {
    assertThat(labels(List.of(said(3, 1000, 9000)), word(6000, 14_000))).isEmpty();
  }

  @Test
  void aSmallPieceOfADigitTeachesNothing() {
    assertThat(labels(List.of(said(3, 1000, 9000)), word(2000, 3500))).isEmpty();
  }

  @Test
  void aDigitThatTheSceneCutsTeachesNothing() {
    assertThat(labels(List.of(said(3, -500, 5000)), word(0, 5000))).isEmpty();
    assertThat(labels(List.of(said(3, LENGTH - 8000, LENGTH + 1)), word(LENGTH - 8000, LENGTH)))
        .isEmpty();
  }

  @Test
  void aWordThatMayGoOnAfterTheSceneTeachesNothing() {
    assertThat(labels(List.of(), word(LENGTH - 5000, LENGTH - 1000))).isEmpty();
    assertThat(labels(List.of(), word(LENGTH - 5000, LENGTH - 1600))).containsExactly(NONE);
  }

  @Test
  void anExampleHoldsWhatTheJudgeIsTold() {
    Strip strip =
        new Strip(new short[LENGTH], new byte[LENGTH], List.of(), List.of(), new byte[LENGTH]);
    assertThat(DecodedScene.examples(strip, List.of(word(4000, 6000)), 0).get(0).inputs())
        .containsExactly(4000);
  }
}
