package org.digitstream.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.Normalization;
import org.digitstream.training.augmentation.Augmentation;
import org.digitstream.training.augmentation.Strip;
import org.digitstream.training.augmentation.StripComposer;

/** Batches of whole strips. */
final class StripBatches implements Batches {
  private static final int BATCHES_AHEAD = 3;

  private record Example(float[] input, byte[] classes) {}

  private final TrainingRecipe recipe;
  private final StripExamples examples;
  private final StripComposer composer;
  private final Normalization normalization;
  private final ExampleQueue<Example> queue;

  StripBatches(
      TrainingRecipe recipe,
      StripExamples examples,
      StripComposer composer,
      Normalization normalization,
      ExecutorService executor,
      int firstIteration) {
    this.recipe = recipe;
    this.examples = examples;
    this.composer = composer;
    this.normalization = normalization;
    int batch = recipe.batchExamples();
    this.queue =
        new ExampleQueue<>(
            this::example,
            executor,
            (long) firstIteration * batch,
            (long) recipe.iterations() * batch,
            BATCHES_AHEAD * batch);
  }

  @Override
  public Batch next() throws InterruptedException {
    List<Example> batch = queue.next(recipe.batchExamples());
    int size = batch.size();
    int values = batch.get(0).input.length;
    int outputs = examples.outputsPerStrip();
    int classes = recipe.network().classes();
    Targets targets = new Targets(classes, recipe.labelSmoothing());
    float[] input = new float[size * values];
    float[] target = new float[size * classes * outputs];
    float[] mask = new float[size * outputs];
    int labels = 0;
    for (int i = 0; i < size; i++) {
      System.arraycopy(batch.get(i).input, 0, input, i * values, values);
      for (int output = 0; output < outputs; output++) {
        byte wanted = batch.get(i).classes[output];
        if (wanted != Strip.UNKNOWN) {
          labels++;
          mask[i * outputs + output] = 1;
          targets.put(target, i * classes * outputs + output, outputs, wanted);
        }
      }
    }
    return new Batch(input, target, mask, labels);
  }

  private Example example(long index) {
    Strip strip = composer.compose(index);
    float[] values = LogMelExtractor.extract(recipe.featureSpec(), strip.samples());
    int bands = recipe.featureSpec().bands();
    float[] input = normalization.picture(afterSilence(values));
    if (recipe.augmentations().contains(Augmentation.MASKS)) {
      SpectrogramMasks.apply(input, bands, values.length / bands, recipe.seed() + index);
    }
    byte[] classes = new byte[examples.outputsPerStrip()];
    for (int output = 0; output < classes.length; output++) {
      int frame = examples.frameOfOutput(output);
      classes[output] =
          examples.target(
              strip,
              frame * recipe.featureSpec().hopSamples() + recipe.featureSpec().fftSamples() / 2);
    }
    return new Example(input, classes);
  }

  /** As at the beginning of a stream. */
  private float[] afterSilence(float[] values) {
    int before = normalization.framesBefore() * recipe.featureSpec().bands();
    float[] all = new float[before + values.length];
    Arrays.fill(all, 0, before, recipe.featureSpec().silence());
    System.arraycopy(values, 0, all, before, values.length);
    return all;
  }
}
