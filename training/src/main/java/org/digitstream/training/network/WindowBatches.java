package org.digitstream.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.Normalization;
import org.digitstream.training.augmentation.Augmentation;
import org.digitstream.training.augmentation.Strip;
import org.digitstream.training.augmentation.StripComposer;

/**
 * Batches of windows. The windows of a group of strips are shuffled together, so that a batch is
 * made of many scenes; each group is a function of its number, so that a training can go on in the
 * middle.
 */
final class WindowBatches implements Batches {
  private static final int GROUP_STRIPS = 128;

  private record Example(float[] input, int label) {}

  private final TrainingRecipe recipe;
  private final WindowExamples examples;
  private final StripComposer composer;
  private final Normalization normalization;
  private final WindowSampler sampler;
  private final ExampleQueue<List<Example>> queue;
  private final Targets targets;
  private final int batchesPerGroup;
  private List<Example> group = List.of();
  private int nextIteration;

  WindowBatches(
      TrainingRecipe recipe,
      WindowExamples examples,
      StripComposer composer,
      Normalization normalization,
      ExecutorService executor,
      int firstIteration) {
    this.recipe = recipe;
    this.examples = examples;
    this.composer = composer;
    this.normalization = normalization;
    this.sampler = new WindowSampler(recipe.featureSpec(), examples);
    this.targets = new Targets(recipe.network().classes(), recipe.labelSmoothing());
    this.batchesPerGroup = Math.max(1, GROUP_STRIPS * examples.perStrip() / recipe.batchExamples());
    this.nextIteration = firstIteration;
    long firstGroup = firstIteration / batchesPerGroup;
    long groups = (recipe.iterations() + batchesPerGroup - 1) / batchesPerGroup;
    this.queue =
        new ExampleQueue<>(
            this::windows,
            executor,
            firstGroup * GROUP_STRIPS,
            groups * GROUP_STRIPS,
            GROUP_STRIPS + GROUP_STRIPS / 2);
  }

  @Override
  public Batch next() throws InterruptedException {
    int batchOfGroup = nextIteration % batchesPerGroup;
    if (batchOfGroup == 0 || group.isEmpty()) {
      group = nextGroup(nextIteration / batchesPerGroup);
    }
    nextIteration++;
    int size = recipe.batchExamples();
    int classes = recipe.network().classes();
    int values = group.get(0).input.length;
    float[] input = new float[size * values];
    float[] target = new float[size * classes];
    for (int i = 0; i < size; i++) {
      Example example = group.get((batchOfGroup * size + i) % group.size());
      System.arraycopy(example.input, 0, input, i * values, values);
      targets.put(target, i * classes, 1, example.label);
    }
    return new Batch(input, target, null, size);
  }

  private List<Example> nextGroup(int number) throws InterruptedException {
    List<Example> shuffled = new ArrayList<>();
    queue.next(GROUP_STRIPS).forEach(shuffled::addAll);
    if (shuffled.isEmpty()) {
      throw new IllegalStateException("nothing is certain in the strips of group " + number);
    }
    Collections.shuffle(shuffled, new Random(recipe.seed() * 31 + number));
    return shuffled;
  }

  private List<Example> windows(long index) {
    Strip strip = composer.compose(index);
    float[] values = LogMelExtractor.extract(recipe.featureSpec(), strip.samples());
    SplittableRandom random = new SplittableRandom(recipe.seed() * 0x9E3779B97F4A7C15L ^ ~index);
    int bands = recipe.featureSpec().bands();
    int frames = examples.shape().frames();
    List<Example> windows = new ArrayList<>();
    for (WindowSampler.Window window : sampler.sample(strip, random)) {
      float[] input =
          normalization.picture(
              Arrays.copyOfRange(
                  values, (window.endFrame() - frames) * bands, window.endFrame() * bands));
      if (recipe.augmentations().contains(Augmentation.MASKS)) {
        SpectrogramMasks.apply(input, bands, frames, random.nextLong());
      }
      windows.add(new Example(input, window.label()));
    }
    return windows;
  }
}
