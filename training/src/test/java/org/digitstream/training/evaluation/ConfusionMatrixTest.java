package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private final ConfusionMatrix matrix =
      ConfusionMatrix.of(
          List.of(
              DigitAlignment.of("15", "19"),
              DigitAlignment.of("5", "9"),
              DigitAlignment.of("3", ""),
              DigitAlignment.of("", "0")));

  @Test
  void countsPairs() {
    assertThat(matrix.count(1, 1)).isEqualTo(1);
    assertThat(matrix.count(5, 9)).isEqualTo(2);
    assertThat(matrix.count(3, DigitAlignment.NONE)).isEqualTo(1);
    assertThat(matrix.count(DigitAlignment.NONE, 0)).isEqualTo(1);
    assertThat(matrix.count(9, 5)).isZero();
    assertThatThrownBy(() -> matrix.count(10, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTableHasARowForEachDigitSaidAndAColumnForEachHeard() {
    assertThat(matrix.toText())
        .isEqualTo(
            """
            said \\ heard   0   1   2   3   4   5   6   7   8   9  missed
                       0   .   .   .   .   .   .   .   .   .   .       .
                       1   .   1   .   .   .   .   .   .   .   .       .
                       2   .   .   .   .   .   .   .   .   .   .       .
                       3   .   .   .   .   .   .   .   .   .   .       1
                       4   .   .   .   .   .   .   .   .   .   .       .
                       5   .   .   .   .   .   .   .   .   .   2       .
                       6   .   .   .   .   .   .   .   .   .   .       .
                       7   .   .   .   .   .   .   .   .   .   .       .
                       8   .   .   .   .   .   .   .   .   .   .       .
                       9   .   .   .   .   .   .   .   .   .   .       .
                 nothing   1   .   .   .   .   .   .   .   .   .
            """);
  }
}
