package org.digitstream.training.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.Normalization;
import org.digitstream.training.augmentation.Strip;
import org.digitstream.training.augmentation.StripComposer;

/**
 * Composes batches ahead of the network, on other threads. Strips are numbered, so the batches are
 * the same however many threads there are.
 */
final class StripBatches {
  private static final int BATCHES_AHEAD = 3;

  /** One strip, ready for the network: {@code input[band * frames + frame]}. */
  record Example(float[] input, byte[] classes) {}

  private final StripComposer composer;
  private final TrainingRecipe recipe;
  private final Normalization normalization;
  private final ExecutorService executor;
  private final Deque<List<Future<Example>>> pending = new ArrayDeque<>();
  private int requested;

  StripBatches(
      StripComposer composer,
      TrainingRecipe recipe,
      Normalization normalization,
      ExecutorService executor,
      int firstIteration) {
    this.composer = composer;
    this.recipe = recipe;
    this.normalization = normalization;
    this.executor = executor;
    this.requested = firstIteration;
  }

  /** The next batch. */
  List<Example> next() throws InterruptedException {
    while (requested < recipe.iterations() && pending.size() < BATCHES_AHEAD) {
      List<Future<Example>> batch = new ArrayList<>();
      for (int i = 0; i < recipe.batchStrips(); i++) {
        long index = (long) requested * recipe.batchStrips() + i;
        batch.add(executor.submit(() -> example(index)));
      }
      pending.add(batch);
      requested++;
    }
    List<Example> examples = new ArrayList<>();
    try {
      for (Future<Example> future : pending.remove()) {
        examples.add(future.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a strip could not be composed", e.getCause());
    }
    return examples;
  }

  private Example example(long index) {
    Strip strip = composer.compose(index);
    float[] values = LogMelExtractor.extract(recipe.featureSpec(), strip.samples());
    int bands = recipe.featureSpec().bands();
    int frames = values.length / bands;
    float[] input = new float[values.length];
    for (int frame = 0; frame < frames; frame++) {
      for (int band = 0; band < bands; band++) {
        input[band * frames + frame] = normalization.apply(values[frame * bands + band], band);
      }
    }
    SpectrogramMasks.apply(input, bands, frames, recipe.seed() + index);
    return new Example(input, strip.classes());
  }
}
