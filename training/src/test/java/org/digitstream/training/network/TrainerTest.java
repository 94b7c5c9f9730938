package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.inference.model.WordParts;
import org.digitstream.training.Speech;
import org.digitstream.training.augmentation.Augmentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static TrainingRecipe recipe(int strips, long seed) {
    TemporalShape shape =
        new TemporalShape(40, List.of(new Convolution(5, 2, 16), new Convolution(5, 1, 16)), 11);
    return new TrainingRecipe(
        FeatureSpec.WIDEBAND,
        shape,
        Examples.strips(shape, 2, 4, 64),
        Augmentation.all(),
        strips,
        8,
        0.01,
        0.02,
        5,
        0.05,
        1e-6,
        0.9,
        -17f,
        seed);
  }

  private static TrainingRecipe pictures(int strips, long seed) {
    PictureShape shape =
        new PictureShape(40, 64, List.of(new PictureShape.Convolution(6, 6, 4, 4, 8)), 11);
    return new TrainingRecipe(
        FeatureSpec.WIDEBAND,
        shape,
        Examples.windows(shape, 4, 6, 20, 4, 0.6),
        Augmentation.all(),
        strips,
        32,
        0.01,
        0,
        2,
        0.1,
        0,
        0.9,
        -17f,
        seed);
  }

  private static float[] train(TrainingRecipe recipe, int threads, TrainingProgress progress)
      throws IOException, InterruptedException {
    return train(recipe, threads, CheckpointFile.NONE, progress);
  }

  private static float[] train(
      TrainingRecipe recipe, int threads, CheckpointFile checkpoints, TrainingProgress progress)
      throws IOException, InterruptedException {
    ExecutorService composers = Executors.newFixedThreadPool(threads);
    try {
      return new Trainer(recipe, Speech.allDigits())
          .train(composers, checkpoints, () -> 0, progress)
          .weights();
    } finally {
      composers.shutdownNow();
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsHoweverManyThreadsCompose()
      throws IOException, InterruptedException {
    float[] one = train(recipe(160, 1), 1, (done, all, loss) -> {});
    float[] three = train(recipe(160, 1), 3, (done, all, loss) -> {});
    float[] otherSeed = train(recipe(160, 2), 1, (done, all, loss) -> {});

    assertThat(three).isEqualTo(one);
    assertThat(otherSeed).isNotEqualTo(one);
  }

  @Test
  void theLossFallsAndProgressIsTold() throws IOException, InterruptedException {
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
  void picturesAreLearnedAndTheSameSeedGivesTheSameBits() throws IOException, InterruptedException {
    List<Double> losses = new ArrayList<>();
    float[] one = train(pictures(400, 1), 1, (done, all, loss) -> losses.add(loss));
    float[] three = train(pictures(400, 1), 3, (done, all, loss) -> {});

    assertThat(three).isEqualTo(one);
    assertThat(losses).hasSize(50);
    assertThat(losses.get(49)).isLessThan(0.9 * losses.get(0));
  }

  @Test
  void stringsAreLearnedAndTheSharesOfTheirClassesAreKnown()
      throws IOException, InterruptedException {
    TrainingRecipe recipe = TrainingRecipe.strings(FeatureSpec.WIDEBAND, 0.1, 400, 1);
    List<Double> losses = new ArrayList<>();
    ExecutorService composers = Executors.newFixedThreadPool(2);
    Trainer.TrainedNetwork trained;
    try {
      trained =
          new Trainer(recipe, Speech.allDigits())
              .train(
                  composers, CheckpointFile.NONE, () -> 0, (done, all, loss) -> losses.add(loss));
    } finally {
      composers.shutdownNow();
    }

    assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) - 0.05);
    assertThat(trained.classShares()).hasSize(WordParts.CLASSES);
    assertThat(Arrays.stream(trained.classShares()).sum()).isBetween(0.99, 1.02);
    assertThat(trained.classShares()[WordParts.SILENCE]).isGreaterThan(0.1);
    assertThat(trained.normalization().framesBefore()).isPositive();
  }

  @Test
  void anInterruptedTrainingOfPicturesGoesOnToTheSameBits(@TempDir Path folder)
      throws IOException, InterruptedException {
    CheckpointFile checkpoints = CheckpointFile.beside(folder.resolve("model.zip"));
    float[] uninterrupted = train(pictures(400, 1), 1, (done, all, loss) -> {});

    assertThatThrownBy(() -> train(pictures(400, 1), 1, checkpoints, interruptAfter(180)))
        .hasMessage("interrupted");
    float[] resumed = train(pictures(400, 1), 2, checkpoints, (done, all, loss) -> {});

    assertThat(resumed).isEqualTo(uninterrupted);
  }

  @Test
  void anInterruptedTrainingGoesOnToTheSameBits(@TempDir Path folder)
      throws IOException, InterruptedException {
    CheckpointFile checkpoints = CheckpointFile.beside(folder.resolve("model.zip"));
    float[] uninterrupted = train(recipe(800, 1), 1, (done, all, loss) -> {});

    assertThatThrownBy(() -> train(recipe(800, 1), 1, checkpoints, interruptAfter(360)))
        .hasMessage("interrupted");
    assertThat(checkpoints.exists()).isTrue();
    List<Integer> strips = new ArrayList<>();
    float[] resumed = train(recipe(800, 1), 2, checkpoints, (done, all, loss) -> strips.add(done));

    assertThat(resumed).isEqualTo(uninterrupted);
    assertThat(strips.get(0)).isBetween(300, 368);
    checkpoints.delete();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theTimeBeforeAnInterruptionCountsAndTheInterruptionDoesNot(@TempDir Path folder)
      throws IOException, InterruptedException {
    CheckpointFile checkpoints = CheckpointFile.beside(folder.resolve("model.zip"));
    AtomicLong millis = new AtomicLong();
    TrainingProgress interrupt = interruptAfter(360);
    assertThatThrownBy(
            () ->
                timed(
                    checkpoints,
                    millis,
                    (done, all, loss) -> {
                      millis.addAndGet(1000);
                      interrupt.update(done, all, loss);
                    }))
        .hasMessage("interrupted");
    millis.addAndGet(3_600_000);

    double seconds = timed(checkpoints, millis, (done, all, loss) -> millis.addAndGet(1000));

    // One second for each of the hundred updates; the one that wrote the checkpoint was not over.
    assertThat(seconds).isEqualTo(99);
  }

  private static double timed(
      CheckpointFile checkpoints, AtomicLong millis, TrainingProgress progress)
      throws IOException, InterruptedException {
    ExecutorService composers = Executors.newFixedThreadPool(1);
    try {
      return new Trainer(recipe(800, 1), Speech.allDigits())
          .train(composers, checkpoints, millis::get, progress)
          .seconds();
    } finally {
      composers.shutdownNow();
    }
  }

  @Test
  void theCheckpointOfAnotherTrainingIsRefused(@TempDir Path folder) {
    CheckpointFile checkpoints = CheckpointFile.beside(folder.resolve("model.zip"));
    assertThatThrownBy(() -> train(recipe(800, 1), 1, checkpoints, interruptAfter(360)))
        .hasMessage("interrupted");

    assertThatThrownBy(() -> train(recipe(800, 2), 1, checkpoints, (done, all, loss) -> {}))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("model.zip.checkpoint is the checkpoint of another training");
  }

  @Test
  void aDamagedCheckpointIsRefused(@TempDir Path folder) throws IOException {
    CheckpointFile checkpoints = CheckpointFile.beside(folder.resolve("model.zip"));
    assertThatThrownBy(() -> train(recipe(800, 1), 1, checkpoints, interruptAfter(360)))
        .hasMessage("interrupted");
    byte[] bytes = Files.readAllBytes(checkpoints.path());
    for (byte[] damaged :
        List.of(Arrays.copyOf(bytes, 5), Arrays.copyOf(bytes, 3000), flipped(bytes, 2000))) {
      Files.write(checkpoints.path(), damaged);

      assertThatThrownBy(() -> train(recipe(800, 1), 1, checkpoints, (done, all, loss) -> {}))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("model.zip.checkpoint");
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static TrainingProgress interruptAfter(int strips) {
    return (done, all, loss) -> {
      if (done >= strips) {
        throw new IllegalStateException("interrupted");
      }
    };
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
