package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.training.Speech;
import org.digitstream.training.augmentation.Augmentation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartWeightsTest {
  private static final int FILTER = 6 * 6;
  private static final int CHANNELS = 4;
  private static final PictureShape SHAPE =
      new PictureShape(40, 64, List.of(new PictureShape.Convolution(6, 6, 4, 4, CHANNELS)), 11);
  private static final TrainingProgress SILENT = (done, all, loss) -> {};

  private final ExecutorService composers = Executors.newFixedThreadPool(2);

  @AfterEach
  void end() {
    composers.shutdownNow();
  }

  private static Trainer trainer(double learningRate) {
    TrainingRecipe recipe =
        new TrainingRecipe(
            FeatureSpec.WIDEBAND,
            SHAPE,
            Examples.windows(SHAPE, 4, 6, 20, 4, 0.6),
            Augmentation.all(),
            80,
            16,
            learningRate,
            0,
            2,
            0.1,
            0,
            0.9,
            -17f,
            1);
    return new Trainer(recipe, Speech.allDigits());
  }

  private static StartWeights filters(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] filters = new float[CHANNELS * FILTER];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (float) (random.nextDouble() - 0.5);
    }
    return new StartWeights(List.of(filters));
  }

  private float[] train(Trainer trainer) throws IOException, InterruptedException {
    return trainer.train(composers, CheckpointFile.NONE, () -> 0, SILENT).weights();
  }

  @Test
  void theRandomStartIsTheTrainingWithoutAStartToTheBit() throws IOException, InterruptedException {
    Trainer plain = trainer(0.01);
    assertThat(plain.startingFrom(StartWeights.RANDOM).fingerprint())
        .isEqualTo(plain.fingerprint());
    assertThat(train(plain.startingFrom(StartWeights.RANDOM))).isEqualTo(train(plain));
  }

  @Test
  void whatIsComposedBeforeGivesTheSameBits() throws IOException, InterruptedException {
    Trainer rehearsed = trainer(0.01).rehearsed(composers, strips -> {});
    float[] random = train(trainer(0.01));
    float[] given = train(trainer(0.01).startingFrom(filters(1)));

    assertThat(train(rehearsed)).isEqualTo(random);
    assertThat(train(rehearsed.startingFrom(filters(1)))).isEqualTo(given).isNotEqualTo(random);
    assertThat(rehearsed.pictures(20, composers)).isDeepEqualTo(trainer(1).pictures(20, composers));
  }

  @Test
  void theFirstUpdateSeesTheGivenFilters() throws IOException, InterruptedException {
    float[] start = filters(3).filters().get(0);
    // So slow that nothing moves; what is left is the start, scaled by the normalization.
    float[] weights = train(trainer(1e-12).startingFrom(filters(3)));

    for (int channel = 0; channel < CHANNELS; channel++) {
      int from = channel * FILTER;
      double scale = weights[from] / start[from];
      for (int i = from; i < from + FILTER; i++) {
        assertThat((double) weights[i]).isCloseTo(scale * start[i], within(1e-5));
      }
    }
  }

  @Test
  void theCheckpointOfAnotherStartIsRefused(@TempDir Path folder) {
    CheckpointFile checkpoints = CheckpointFile.beside(folder.resolve("model.zip"));
    assertThatThrownBy(
            () ->
                trainer(0.01)
                    .startingFrom(filters(1))
                    .train(
                        composers,
                        checkpoints,
                        () -> 0,
                        (done, all, loss) -> {
                          throw new IllegalStateException("interrupted");
                        }))
        .hasMessage("interrupted");
    assertThat(checkpoints.exists()).isTrue();

    for (StartWeights other : List.of(StartWeights.RANDOM, filters(2))) {
      assertThatThrownBy(
              () ->
                  trainer(0.01).startingFrom(other).train(composers, checkpoints, () -> 0, SILENT))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("another training");
    }
  }

  @Test
  void filtersOfAnotherNetworkAreRefused() {
    Trainer trainer = trainer(0.01);
    assertThatThrownBy(() -> trainer.startingFrom(new StartWeights(List.of(new float[7]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 weights, where convolution 1 of the network has 144");
    assertThatThrownBy(
            () -> trainer.startingFrom(new StartWeights(List.of(new float[144], new float[144]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 convolutions, where the network has 1");
  }

  @Test
  void aFilterThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> new StartWeights(List.of(new float[] {1, Float.NaN})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("convolution 1 is NaN");
  }
}
