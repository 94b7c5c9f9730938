package org.digitstream.training.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.inference.model.JudgeShape;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WordJudge;
import org.junit.jupiter.api.Test;

class JudgeLearningTest {
  private static final int HIDDEN = 4;
  private static final JudgeShape SHAPE = new JudgeShape(16, 1);
  private static final JudgeRecipe RECIPE =
      new JudgeRecipe(SHAPE, 100, 300, 20, 32, 5e-3, 0.1, 0.02);

  /**
   * Of each class something in one place, in values that are far from 0 and of very different
   * sizes.
   */
  private static List<JudgeExample> examples(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<JudgeExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int said = random.nextInt(ModelBundle.LABELS.size());
      float[] inputs = new float[JudgeShape.inputs(HIDDEN)];
      for (int j = 0; j < inputs.length; j++) {
        double signal = j == said || j == said + 11 ? 3 : 0;
        inputs[j] = (float) (100 + (1 + j) * (signal + random.nextDouble(-1, 1)));
      }
      examples.add(new JudgeExample(inputs, said));
    }
    return examples;
  }

  private static float[] learned(long seed) {
    return new JudgeLearning(RECIPE, seed).weights(examples(2000, 1));
  }

  @Test
  void whatWasTaughtIsKnownOfWordsThatWereNot() {
    ModelBundle model = judged(learned(1));
    WordJudge judge = model.judge().orElseThrow();
    List<JudgeExample> others = examples(300, 2);
    int right = 0;
    for (JudgeExample example : others) {
      float[] probabilities = judge.judge(example.inputs(), new float[10]);
      int best = 10;
      float none = 1;
      for (float probability : probabilities) {
        none -= probability;
      }
      float greatest = none;
      for (int digit = 0; digit < 10; digit++) {
        if (probabilities[digit] > greatest) {
          greatest = probabilities[digit];
          best = digit;
        }
      }
      right += best == example.said() ? 1 : 0;
    }
    assertThat(right).isGreaterThan(290);
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    assertThat(learned(3)).isEqualTo(learned(3)).isNotEqualTo(learned(4));
  }

  private static ModelBundle judged(float[] weights) {
    return SmallModel.withHidden(HIDDEN).withJudge(SHAPE, weights);
  }

  @Test
  void longerTrainingsTeachTheirJudgeForLonger() {
    assertThat(JudgeRecipe.after(180_000).scenes()).isEqualTo(3000);
    assertThat(JudgeRecipe.after(40_000).scenes()).isEqualTo(2500);
    assertThat(JudgeRecipe.after(10).scenes()).isEqualTo(200);
  }
}
