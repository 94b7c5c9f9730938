package org.digitstream.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.PictureShape.Convolution;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageTrainingTest {
  // Kernels and strides that differ by side; the second layer leaves a column over.
  private static final EncoderStack STACK =
      stack(9, 8, new Convolution(3, 4, 2, 2, 3), new Convolution(2, 2, 1, 2, 4));

  private static EncoderStack stack(int bands, int frames, Convolution... layers) {
    return EncoderStack.of(new PictureShape(bands, frames, List.of(layers), 10));
  }

  @BeforeEach
  void oneThread() {
    Dl4jRuntime.prepareThread();
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void theGradientIsTheSlopeOfTheLoss(Objective objective) {
    float[][] examples = examples(4);
    PretrainingSettings settings = settings(objective, 3);
    List<Stage> earlier =
        List.of(
            new StageTraining(STACK, List.of(), settings)
                .train(examples, new float[0][], PretrainingProgress.NONE));
    for (List<Stage> stages : List.of(List.<Stage>of(), earlier)) {
      try (StageNetwork network =
          new StageNetwork(STACK, stages, settings, new SplittableRandom(6))) {
        // Biases of 0 stand exactly at the rectifier's edge, where there is no slope.
        network.parameters().addi(0.02);
        float[] gradient = network.gradient(StageNetwork.gather(examples, null, 0, 4), 4);
        double step = 1e-3;
        for (int i = 0; i < gradient.length; i++) {
          float value = network.parameters().getFloat(i);
          network.parameters().putScalar(i, value + step);
          double above = network.loss(examples);
          network.parameters().putScalar(i, value - step);
          double below = network.loss(examples);
          network.parameters().putScalar(i, value);
          assertThat((above - below) / (2 * step))
              .as("layer %d, parameter %d", stages.size() + 1, i)
              .isCloseTo(gradient[i], within(2e-3));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void theLossFallsLayerByLayer(Objective objective) {
    float[][] examples = examples(12);
    List<Double> losses = new ArrayList<>();
    LayerwisePretraining.train(
        STACK,
        examples,
        settings(objective, 40),
        new PretrainingProgress() {
          @Override
          public void trained(int count) {}

          @Override
          public void epoch(EpochLoss loss, Autoencoder autoencoder) {
            losses.add(loss.training());
          }
        });
    assertThat(losses).hasSize(80);
    assertThat(losses.get(39)).isLessThan(losses.get(0) / 2);
    assertThat(losses.get(79)).isLessThan(losses.get(40) / 1.5);
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherOthers() {
    float[][] examples = examples(7);
    List<Stage> once = train(examples, 3);
    assertThat(train(examples, 3).get(1).encoder()).isEqualTo(once.get(1).encoder());
    assertThat(train(examples, 4).get(1).encoder()).isNotEqualTo(once.get(1).encoder());
  }

  private static List<Stage> train(float[][] examples, long seed) {
    return LayerwisePretraining.train(
        STACK,
        examples,
        new PretrainingSettings(Objective.PICTURE, new Corruption(0.2, 0.1), 2, 3, 1e-2, seed),
        PretrainingProgress.NONE);
  }

  @Test
  void whatIsGivenBackHasTheSizeOfTheInputAlsoWhereTheStrideLeavesSomethingOver() {
    float[][] examples = examples(2);
    List<Stage> stages = train(examples, 1);
    float[][] back = LayerwisePretraining.autoencoder(STACK, stages).reconstruct(examples);
    assertThat(back).hasDimensions(2, 9 * 8);
    assertThat(STACK.decoderKernel(1)).containsExactly(2, 3);
  }

  @Test
  void theThirdDeconvolutionOfTheStudyIsSevenBySeven() {
    Convolution layer = Convolution.square(6, 2, 16);
    EncoderStack study = stack(64, 64, layer, layer, layer);
    assertThat(study.decoderKernel(0)).containsExactly(6, 6);
    assertThat(study.decoderKernel(1)).containsExactly(6, 6);
    assertThat(study.decoderKernel(2)).containsExactly(7, 7);
    assertThat(study.maps().get(3).bands()).isEqualTo(4);
  }

  @Test
  void aStrideThatPassesOverPixelsIsRefused() {
    assertThatThrownBy(() -> stack(9, 8, new Convolution(3, 2, 2, 3, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strideFrames 3 is greater than its kernel 2");
  }

  @Test
  void earlierLayersOfAnotherNetworkAreRefused() {
    EncoderStack other = stack(9, 8, new Convolution(3, 3, 2, 2, 5));
    List<Stage> stages =
        LayerwisePretraining.train(
            other, examples(2), settings(Objective.HIDDEN, 1), PretrainingProgress.NONE);
    assertThatThrownBy(() -> new StageTraining(STACK, stages, settings(Objective.HIDDEN, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another network");
  }

  @Test
  void examplesOfAnotherSizeAreRefused() {
    StageTraining training = new StageTraining(STACK, List.of(), settings(Objective.HIDDEN, 1));
    assertThatThrownBy(
            () -> training.train(new float[][] {{1, 2}}, new float[0][], PretrainingProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values");
  }

  @Test
  void corruptionMasksItsShareAndLeavesTheRest() {
    float[] values = new float[10_000];
    java.util.Arrays.fill(values, 1);
    new Corruption(0.3, 0).apply(values, new SplittableRandom(1));
    int masked = 0;
    for (float value : values) {
      assertThat(value == 0 || value == 1).isTrue();
      masked += value == 0 ? 1 : 0;
    }
    assertThat(masked).isBetween(2_800, 3_200);
  }

  private static PretrainingSettings settings(Objective objective, int epochs) {
    return new PretrainingSettings(objective, Corruption.NONE, epochs, 4, 1e-2, 3);
  }

  /** Smooth pictures, which a few channels can carry. */
  private static float[][] examples(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] examples = new float[count][9 * 8];
    for (float[] example : examples) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      for (int i = 0; i < example.length; i++) {
        example[i] =
            (float) (0.5 + 0.4 * Math.sin(a * 6 + (i % 8) * b) * Math.cos(b + (i / 8 % 9) * a));
      }
    }
    return examples;
  }
}
