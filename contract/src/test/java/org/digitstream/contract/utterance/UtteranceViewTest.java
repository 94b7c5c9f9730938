package org.digitstream.contract.utterance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.digitstream.contract.DigitEvent;
import org.junit.jupiter.api.Test;

class UtteranceViewTest {
  private final UtteranceView view = new UtteranceView(Duration.ofMillis(700));

  private static DigitEvent digit(long index, int digit, long start) {
    return new DigitEvent(
        "s", "s.wav", index, digit, start, start + 4_000, 16_000, 0.9f, List.of(), "model");
  }

  @Test
  void whatIsSaidIsShownOnceWhenThePauseAndTheTimeOfAWordHavePassed() {
    assertThat(view.accept(digit(0, 5, 0), 100)).isEmpty();
    assertThat(view.accept(digit(1, 7, 4_000), 600)).isEmpty();

    assertThat(view.quiet(2_300)).isEmpty();
    assertThat(view.growing()).map(Utterance::digits).contains("57");
    assertThat(view.quiet(2_301)).map(Utterance::digits).contains("57");
    assertThat(view.quiet(2_400)).isEmpty();
    assertThat(view.growing()).isEmpty();
    assertThat(view.finish()).isEmpty();
  }

  @Test
  void theNextUtteranceShowsTheOneBeforeUnlessItWasShown() {
    view.accept(digit(0, 5, 0), 0);

    assertThat(view.accept(digit(1, 7, 80_000), 10)).map(Utterance::digits).contains("5");
    assertThat(view.quiet(5_000)).map(Utterance::digits).contains("7");
    assertThat(view.accept(digit(2, 3, 160_000), 5_100)).isEmpty();
    assertThat(view.finish()).map(Utterance::digits).contains("3");
  }

  @Test
  void whatGoesOnAfterItWasShownIsShownAgainAsAWhole() {
    view.accept(digit(0, 5, 0), 0);
    assertThat(view.quiet(9_000)).map(Utterance::digits).contains("5");

    assertThat(view.accept(digit(1, 7, 4_000), 9_100)).isEmpty();

    assertThat(view.finish())
        .hasValueSatisfying(
            utterance -> {
              assertThat(utterance.digits()).isEqualTo("57");
              assertThat(utterance.firstIndex()).isZero();
            });
  }

  @Test
  void aGapKeepsWhatIsSaidAfterItApart() {
    view.accept(digit(0, 5, 0), 0);
    view.gap(4_100, 4_400);

    assertThat(view.accept(digit(1, 7, 4_400), 100)).map(Utterance::digits).contains("5");
    assertThat(view.open()).map(Utterance::digits).contains("7");
  }

  @Test
  void nothingIsShownWhereNothingWasSaid() {
    assertThat(view.quiet(1_000_000)).isEmpty();
    assertThat(view.finish()).isEmpty();
  }
}
