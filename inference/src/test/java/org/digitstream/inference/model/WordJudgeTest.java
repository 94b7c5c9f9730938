package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WordJudgeTest {
  private static final int HIDDEN = 2;
  private static final int INPUTS = JudgeShape.inputs(HIDDEN);
  private static final int CLASSES = ModelBundle.LABELS.size();

  private static float[] random(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  @Test
  void whatItIsToldIsInOrder() {
    float[] means = random(5 * HIDDEN, 1);
    float[] probabilities = {0, 0, 0.75f, 0.1f, 0, 0, 0, 0, 0, 0};
    float[] inputs = WordJudge.inputs(means, 12, 2, probabilities);
    assertThat(inputs).hasSize(INPUTS).startsWith(means);
    assertThat(inputs[10]).isCloseTo((float) Math.log(12), within(1e-6f));
    assertThat(inputs[11]).isCloseTo((float) Math.log(0.751 / 0.251), within(1e-5f));
    assertThat(inputs[12]).isCloseTo((float) Math.log(0.001), within(1e-5f));
    assertThat(inputs[14]).isCloseTo((float) Math.log(0.751), within(1e-5f));
    assertThat(inputs[15]).isCloseTo((float) Math.log(0.101), within(1e-5f));
    assertThat(Arrays.copyOfRange(inputs, 22, 32)).containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void itIsASoftmaxOverRectifiedUnits() {
    JudgeShape shape = new JudgeShape(3, 1);
    float[] weights = random(7 + shape.parameterCount(HIDDEN), 2);
    float[] inputs = random(INPUTS, 3);
    double[] units = new double[3];
    int at = 7;
    for (int unit = 0; unit < 3; unit++) {
      for (int i = 0; i < INPUTS; i++) {
        units[unit] += (double) weights[at++] * inputs[i];
      }
    }
    for (int unit = 0; unit < 3; unit++) {
      units[unit] = Math.max(0, units[unit] + weights[at++]);
    }
    double[] powers = new double[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      for (int unit = 0; unit < 3; unit++) {
        powers[c] += weights[at++] * units[unit];
      }
    }
    for (int c = 0; c < CLASSES; c++) {
      powers[c] = Math.exp(powers[c] + weights[at++]);
    }
    double sum = Arrays.stream(powers).sum();
    float[] judged = new WordJudge(shape, HIDDEN, weights, 7).judge(inputs, new float[10]);
    for (int digit = 0; digit < 10; digit++) {
      assertThat(judged[digit]).isCloseTo((float) (powers[digit] / sum), within(1e-5f));
    }
  }

  @Test
  void itsShareIsThatOfTheMean() {
    JudgeShape shape = new JudgeShape(3, 0.25f);
    float[] weights = random(shape.parameterCount(HIDDEN), 4);
    float[] inputs = random(INPUTS, 5);
    float[] decoded = {0, 0.5f, 0.25f, 0, 0, 0, 0, 0, 0, 0.25f};
    float[] alone = new WordJudge(new JudgeShape(3, 1), HIDDEN, weights, 0).judge(inputs, decoded);
    float[] judged = new WordJudge(shape, HIDDEN, weights, 0).judge(inputs, decoded);
    double sum = 0;
    for (int digit = 0; digit < 10; digit++) {
      assertThat(judged[digit])
          .isCloseTo(0.25f * alone[digit] + 0.75f * decoded[digit], within(1e-6f));
      sum += judged[digit];
    }
    assertThat(sum).isLessThanOrEqualTo(1 + 1e-6);
  }
}
