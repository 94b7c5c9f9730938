package org.digitstream.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.training.Speech;
import org.digitstream.training.network.StartWeights;
import org.digitstream.training.network.Trainer;
import org.digitstream.training.network.TrainingRecipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartPretrainingTest {
  private static final TrainingRecipe RECIPE =
      TrainingRecipe.pictures(FeatureSpec.WIDEBAND, 0.1, 24, 1);
  private static final Trainer TRAINER = new Trainer(RECIPE, Speech.allDigits());

  private final ExecutorService composers = Executors.newFixedThreadPool(2);

  @AfterEach
  void end() {
    composers.shutdownNow();
  }

  private StartWeights learn(StartMethod method, long seed) throws InterruptedException {
    return new StartPretraining(40, 1)
        .learn(
            method,
            (PictureShape) RECIPE.network(),
            TRAINER,
            seed,
            composers,
            PretrainingProgress.NONE);
  }

  @Test
  void theSameSeedGivesTheSameFiltersAndEveryMethodItsOwn() throws InterruptedException {
    StartWeights plain = learn(StartMethod.AUTOENCODER, 1);
    StartWeights denoising = learn(StartMethod.DENOISING, 1);

    assertThat(learn(StartMethod.AUTOENCODER, 1)).isEqualTo(plain);
    assertThat(learn(StartMethod.DENOISING, 1)).isEqualTo(denoising);
    assertThat(learn(StartMethod.AUTOENCODER, 2)).isNotEqualTo(plain);
    assertThat(denoising).isNotEqualTo(plain);
    plain.requireFits((PictureShape) RECIPE.network());
  }

  @Test
  void theFiltersAreAsLargeAsRandomOnes() throws InterruptedException {
    List<float[]> filters = learn(StartMethod.DENOISING, 1).filters();
    List<PictureShape.Convolution> convolutions = ((PictureShape) RECIPE.network()).convolutions();
    for (int i = 0; i < filters.size(); i++) {
      double squares = 0;
      for (float value : filters.get(i)) {
        squares += value * value;
      }
      double inputs = (double) filters.get(i).length / convolutions.get(i).channels();
      assertThat(squares / filters.get(i).length).isCloseTo(2 / inputs, withinPercentage(0.01));
    }
  }

  @Test
  void theRandomStartLearnsNothing() throws InterruptedException {
    assertThat(learn(StartMethod.RANDOM, 1)).isSameAs(StartWeights.RANDOM);
  }

  @Test
  void anInputThatMayBeNegativeIsGivenBackNegative() {
    EncoderStack rectified =
        EncoderStack.of(
            new PictureShape(4, 4, List.of(PictureShape.Convolution.square(2, 2, 4)), 10));
    float[][] examples = new float[30][16];
    for (int i = 0; i < examples.length; i++) {
      for (int j = 0; j < 16; j++) {
        examples[i][j] = (i + j) % 2 == 0 ? 1 : -1;
      }
    }
    assertThat(leastGivenBack(rectified.withSignedInput(), examples)).isLessThan(-0.5f);
    assertThat(leastGivenBack(rectified, examples)).isGreaterThanOrEqualTo(0);
  }

  private static float leastGivenBack(EncoderStack stack, float[][] examples) {
    PretrainingSettings settings =
        new PretrainingSettings(Objective.HIDDEN, Corruption.NONE, 60, 10, 0.02, 1);
    List<Stage> stages =
        LayerwisePretraining.train(stack, examples, settings, PretrainingProgress.NONE);
    float least = Float.POSITIVE_INFINITY;
    for (float value : LayerwisePretraining.autoencoder(stack, stages).reconstruct(examples)[0]) {
      least = Math.min(least, value);
    }
    return least;
  }
}
