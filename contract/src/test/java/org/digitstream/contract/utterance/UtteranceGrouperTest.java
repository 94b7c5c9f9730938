package org.digitstream.contract.utterance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.digitstream.contract.DigitEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtteranceGrouperTest {
  private static final int RATE = 16_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final UtteranceGrouper grouper = new UtteranceGrouper(SECOND);

  private static DigitEvent digit(long index, int digit, long start, long end, float confidence) {
    return digit(index, digit, start, end, confidence, RATE);
  }

  private static DigitEvent digit(
      long index, int digit, long start, long end, float confidence, int rate) {
    return new DigitEvent(
        "s", "s.wav", index, digit, start, end, rate, confidence, List.of(), "model");
  }

  /** Everything that comes of a whole stream. */
  private static List<Utterance> group(UtteranceGrouper grouper, List<DigitEvent> digits) {
    List<Utterance> utterances = new ArrayList<>();
    digits.forEach(digit -> grouper.accept(digit).ifPresent(utterances::add));
    grouper.finish().ifPresent(utterances::add);
    return utterances;
  }

  private static List<String> strings(List<Utterance> utterances) {
    return utterances.stream().map(Utterance::digits).toList();
  }

  @Test
  void aLongerPauseEndsAnUtteranceWithItsSpanAndTheProductOfItsConfidences() {
    List<Utterance> utterances =
        group(
            grouper,
            List.of(
                digit(4, 5, 1_000, 6_000, 0.9f),
                digit(5, 5, 6_000, 11_000, 0.8f),
                digit(6, 1, 40_000, 45_000, 0.5f)));

    assertThat(strings(utterances)).containsExactly("55", "1");
    assertThat(utterances.get(0).firstIndex()).isEqualTo(4);
    assertThat(utterances.get(0).startSample()).isEqualTo(1_000);
    assertThat(utterances.get(0).endSample()).isEqualTo(11_000);
    assertThat(utterances.get(0).confidence()).isEqualTo(0.72, within(1e-6));
    assertThat(utterances.get(1).firstIndex()).isEqualTo(6);
    assertThat(utterances.get(1).confidence()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 16000, 16000, 37",
    "1000, 16001, 16000, '3,7'",
    "700, 7717, 11025, 37",
    "700, 7718, 11025, '3,7'",
    "1, 44, 44100, 37",
    "1, 45, 44100, '3,7'",
  })
  void aPauseExactlyAtTheBoundDoesNotEndAnUtterance(
      long pauseMillis, long samples, int rate, String expected) {
    List<Utterance> utterances =
        group(
            new UtteranceGrouper(Duration.ofMillis(pauseMillis)),
            List.of(
                digit(0, 3, 0, 5_000, 1, rate),
                digit(1, 7, 5_000 + samples, 9_000 + samples, 1, rate)));

    assertThat(String.join(",", strings(utterances))).isEqualTo(expected);
  }

  @Test
  void digitsThatOverlapAreOfOneUtterance() {
    assertThat(group(grouper, List.of(digit(0, 3, 0, 5_000, 1), digit(1, 7, 4_800, 4_900, 1))))
        .singleElement()
        .satisfies(
            utterance -> {
              assertThat(utterance.digits()).isEqualTo("37");
              assertThat(utterance.endSample()).isEqualTo(5_000);
            });
  }

  @Test
  void theEndOfTheStreamEndsTheUtteranceOnce() {
    grouper.accept(digit(0, 3, 0, 5_000, 1));

    assertThat(grouper.open()).isPresent();
    assertThat(grouper.finish()).map(Utterance::digits).contains("3");
    assertThat(grouper.finish()).isEmpty();
    assertThat(grouper.open()).isEmpty();
  }

  @Test
  void aStreamWithoutDigitsHasNoUtterances() {
    assertThat(group(grouper, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGapEndsAnUtteranceWhetherItIsToldBeforeTheDigitInFrontOfItOrAfter(boolean before) {
    DigitEvent three = digit(0, 3, 0, 5_000, 1);
    // Spans may reach a little into the gap.
    DigitEvent five = digit(1, 5, 6_000, 11_020, 1);
    DigitEvent seven = digit(2, 7, 11_900, 15_000, 1);
    grouper.accept(three);
    if (before) {
      grouper.gap(11_000, 12_000);
    }
    assertThat(grouper.accept(five)).isEmpty();
    if (!before) {
      grouper.gap(11_000, 12_000);
    }

    assertThat(grouper.accept(seven)).map(Utterance::digits).contains("35");
    assertThat(grouper.accept(digit(3, 7, 15_000, 19_000, 1))).isEmpty();
    assertThat(grouper.finish()).map(Utterance::digits).contains("77");
  }

  @Test
  void aGapThatLiesBeforeTheLastDigitSeparatesNothingAnyMore() {
    grouper.accept(digit(0, 3, 10_000, 15_000, 1));
    grouper.gap(2_000, 4_000);

    assertThat(grouper.accept(digit(1, 7, 15_000, 19_000, 1))).isEmpty();
  }

  @Test
  void anotherSampleRateIsAnotherUtterance() {
    assertThat(
            strings(
                group(
                    grouper,
                    List.of(digit(0, 3, 0, 5_000, 1), digit(1, 7, 6_000, 9_000, 1, 8_000)))))
        .containsExactly("3", "7");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 600_001})
  void aPauseOutOfItsBoundsIsQuoted(long millis) {
    assertThatThrownBy(() -> new UtteranceGrouper(Duration.ofMillis(millis)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(millis + " ms");
  }

  @Property
  void noDigitIsLostAndTheSpansAndConfidencesAreThoseOfTheDigits(
      @ForAll("streams") List<DigitEvent> digits, @ForAll @IntRange(min = 1, max = 2_000) int ms) {
    List<Utterance> utterances = group(new UtteranceGrouper(Duration.ofMillis(ms)), digits);

    assertThat(String.join("", strings(utterances)))
        .isEqualTo(
            digits.stream().map(d -> Integer.toString(d.digit())).collect(Collectors.joining()));
    int at = 0;
    for (Utterance utterance : utterances) {
      List<DigitEvent> own = digits.subList(at, at + utterance.digits().length());
      at += own.size();
      double product = 1;
      for (DigitEvent digit : own) {
        product *= digit.confidence();
      }
      assertThat(utterance.firstIndex()).isEqualTo(own.get(0).index());
      assertThat(utterance.startSample()).isEqualTo(own.get(0).startSample());
      assertThat(utterance.endSample()).isEqualTo(own.get(own.size() - 1).endSample());
      assertThat(utterance.confidence()).isEqualTo(product, within(1e-9));
    }
  }

  @Property
  void pausesWithinUtterancesAreAtMostTheBoundAndThoseBetweenThemAreLonger(
      @ForAll("streams") List<DigitEvent> digits, @ForAll @IntRange(min = 1, max = 2_000) int ms) {
    List<Utterance> utterances = group(new UtteranceGrouper(Duration.ofMillis(ms)), digits);
    List<Long> firsts = utterances.stream().map(Utterance::firstIndex).toList();

    for (int i = 1; i < digits.size(); i++) {
      double pauseMillis =
          1000.0 * (digits.get(i).startSample() - digits.get(i - 1).endSample()) / RATE;
      assertThat(pauseMillis > ms).isEqualTo(firsts.contains(digits.get(i).index()));
    }
  }

  /**
   * A reader takes what is there in portions and asks between them; a service that writes at least
   * once writes some again.
   */
  @Property
  void utterancesDependNeitherOnPortionsNorOnWhatIsSeenAgain(
      @ForAll("streams") List<DigitEvent> digits, @ForAll List<@IntRange(max = 20) Integer> back) {
    UtteranceGrouper again = new UtteranceGrouper(SECOND);
    List<Utterance> utterances = new ArrayList<>();
    int portion = 0;
    for (int i = 0; i < digits.size(); i++) {
      again.accept(digits.get(i)).ifPresent(utterances::add);
      int from = back.isEmpty() ? i : Math.max(0, i - back.get(portion++ % back.size()));
      digits.subList(from, i + 1).forEach(d -> assertThat(again.accept(d)).isEmpty());
      again.open();
    }
    again.finish().ifPresent(utterances::add);

    assertThat(utterances).isEqualTo(group(new UtteranceGrouper(SECOND), digits));
  }

  @Provide
  static Arbitrary<List<DigitEvent>> streams() {
    Arbitrary<long[]> word =
        Combinators.combine(
                Arbitraries.longs().between(-100, 2 * RATE),
                Arbitraries.longs().between(200, 9_000),
                Arbitraries.integers().between(0, 9),
                Arbitraries.integers().between(0, 1_000))
            .as((pause, length, digit, sure) -> new long[] {pause, length, digit, sure});
    return word.list()
        .ofMaxSize(30)
        .map(
            words -> {
              List<DigitEvent> digits = new ArrayList<>();
              long at = 200;
              for (long[] next : words) {
                long start = at + next[0];
                at = start + next[1];
                digits.add(digit(digits.size(), (int) next[2], start, at, next[3] / 1000f));
              }
              return digits;
            });
  }
}
