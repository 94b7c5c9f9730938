package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static TrainingRecipe recipe(int strips, long seed) {
    return new TrainingRecipe(
        FeatureSpec.WIDEBAND,
        new TemporalShape(40, List.of(new Convolution(5, 2, 16), new Convolution(5, 1, 16)), 11),
        2,
        4,
        strips,
        64,
        8,
        0.01,
        5,
        0.05,
        1e-6,
        0.9,
        -17f,
        seed);
  }

  private static float[] train(TrainingRecipe recipe, int threads, TrainingProgress progress)
      throws InterruptedException {
    ExecutorService composers = Executors.newFixedThreadPool(threads);
    try {
      return new Trainer(recipe, Speech.allDigits()).train(composers, progress).weights();
    } finally {
      composers.shutdownNow();
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsHoweverManyThreadsCompose() throws InterruptedException {
    float[] one = train(recipe(160, 1), 1, (done, all, loss) -> {});
    float[] three = train(recipe(160, 1), 3, (done, all, loss) -> {});
    float[] otherSeed = train(recipe(160, 2), 1, (done, all, loss) -> {});

    assertThat(three).isEqualTo(one);
    assertThat(otherSeed).isNotEqualTo(one);
  }

  @Test
  void theLossFallsAndProgressIsTold() throws InterruptedException {
    List<Double> losses = new ArrayList<>();
    train(
        recipe(800, 1),
        2,
        (done, all, loss) -> {
          assertThat(done).isEqualTo(8 * (losses.size() + 1));
          assertThat(all).isEqualTo(800);
          losses.add(loss);
        });

    assertThat(losses).hasSize(100);
    assertThat(losses.get(99)).isLessThan(0.8 * losses.get(0));
  }

  @Test
  void tooFewStripsAreRefused() {
    assertThatThrownBy(() -> recipe(40, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40 strips are too few");
  }

  @Test
  void theLearningRateRisesAndThenFallsToZero() {
    CosineSchedule schedule = new CosineSchedule(0.1, 10, 110);
    assertThat(schedule.valueAt(0, 0)).isLessThan(0.02);
    assertThat(schedule.valueAt(10, 0)).isEqualTo(0.1);
    for (int i = 10; i < 109; i++) {
      assertThat(schedule.valueAt(i + 1, 0)).isLessThan(schedule.valueAt(i, 0));
    }
    assertThat(schedule.valueAt(110, 0)).isLessThan(1e-12);
  }
}
