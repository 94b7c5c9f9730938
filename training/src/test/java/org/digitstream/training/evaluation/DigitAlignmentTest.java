package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.digitstream.training.evaluation.DigitAlignment.Pair;

class DigitAlignmentTest {
  @Provide
  Arbitrary<String> digits() {
    return Arbitraries.strings().withCharRange('0', '9').ofMaxLength(12);
  }

  @Property
  void aStringHasNoErrorsAgainstItself(@ForAll("digits") String digits) {
    assertThat(DigitAlignment.of(digits, digits).errors()).isZero();
  }

  @Property
  void everyDigitOfBothStringsIsPairedOnceAndInOrder(
      @ForAll("digits") String expected, @ForAll("digits") String recognized) {
    DigitAlignment alignment = DigitAlignment.of(expected, recognized);

    assertThat(side(alignment, Pair::expected)).isEqualTo(expected);
    assertThat(side(alignment, Pair::recognized)).isEqualTo(recognized);
  }

  @Property
  void noWayOfMatchingHasFewerErrors(
      @ForAll("digits") String expected, @ForAll("digits") String recognized) {
    assertThat(DigitAlignment.of(expected, recognized).errors())
        .isEqualTo(fewestErrors(expected, recognized, new Integer[13][13]));
  }

  @Property
  void errorsAreTheSameWhicheverSideWasSaid(
      @ForAll("digits") String one, @ForAll("digits") String other) {
    assertThat(DigitAlignment.of(one, other).errors())
        .isEqualTo(DigitAlignment.of(other, one).errors());
  }

  @Example
  void aMissedDigitDoesNotSpoilTheOnesAfterIt() {
    assertThat(DigitAlignment.of("12345", "1345").pairs())
        .containsExactly(
            new Pair(1, 1),
            new Pair(2, DigitAlignment.NONE),
            new Pair(3, 3),
            new Pair(4, 4),
            new Pair(5, 5));
  }

  @Example
  void anythingButDigitsIsRefused() {
    assertThatThrownBy(() -> DigitAlignment.of("12a", "12"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'12a'");
  }

  private static String side(DigitAlignment alignment, ToIntFunction<Pair> of) {
    return alignment.pairs().stream()
        .mapToInt(of)
        .filter(digit -> digit != DigitAlignment.NONE)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining());
  }

  /** The definition, written as a recursion over the first digits: independent of the class. */
  private static int fewestErrors(String said, String heard, Integer[][] known) {
    if (said.isEmpty() || heard.isEmpty()) {
      return said.length() + heard.length();
    }
    if (known[said.length()][heard.length()] == null) {
      String restSaid = said.substring(1);
      String restHeard = heard.substring(1);
      int paired =
          fewestErrors(restSaid, restHeard, known) + (said.charAt(0) == heard.charAt(0) ? 0 : 1);
      int deleted = fewestErrors(restSaid, heard, known) + 1;
      int inserted = fewestErrors(said, restHeard, known) + 1;
      known[said.length()][heard.length()] = Math.min(paired, Math.min(deleted, inserted));
    }
    return known[said.length()][heard.length()];
  }
}
