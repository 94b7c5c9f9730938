package org.digitstream.training.network;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.training.augmentation.Strip;
import org.digitstream.training.augmentation.StripComposer;
import org.digitstream.training.corpus.Corpus;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Trains the network of a {@link TrainingRecipe}. The same recipe and corpus give the same weights
 * to the bit on one machine, however many threads compose the strips.
 */
public final class Trainer {
  private static final int STATISTICS_STRIPS = 400;
  private static final double LOSS_SMOOTHING = 0.98;
  private static final int EPOCHS = 50;

  private final TrainingRecipe recipe;
  private final StripComposer composer;
  private final String fingerprint;

  /**
   * A trainer.
   *
   * @throws IllegalArgumentException where a digit is missing in the corpus
   */
  public Trainer(TrainingRecipe recipe, Corpus corpus) {
    this.recipe = recipe;
    this.fingerprint = TrainingFingerprint.of(recipe, corpus);
    this.composer =
        new StripComposer(
            corpus,
            recipe.featureSpec(),
            recipe.network(),
            recipe.lookAheadFrames(),
            recipe.outputsPerStrip(),
            recipe.seed());
  }

  /**
   * What a training leads to.
   *
   * @param normalization of the input, measured on the strips
   * @param weights in the order of the model file
   */
  public record TrainedNetwork(Normalization normalization, float[] weights) {}

  /**
   * Trains, on the calling thread.
   *
   * @param executor composes the strips
   * @param checkpoints where it goes on from, and keeps what it knows after each of its {@value
   *     #EPOCHS} epochs
   * @param progress is told after each update
   * @throws CheckpointException where the checkpoint is damaged or another training's
   * @throws IOException where a checkpoint cannot be read or written
   * @throws InterruptedException where the thread is interrupted
   */
  public TrainedNetwork train(
      ExecutorService executor, CheckpointFile checkpoints, TrainingProgress progress)
      throws IOException, InterruptedException {
    Dl4jRuntime.prepareThread();
    Normalization normalization = measureNormalization();
    TemporalShape shape = recipe.network();
    MultiLayerNetwork network =
        NormalizedNetwork.initialized(
            shape,
            shape.inputFrames(recipe.outputsPerStrip()),
            recipe.seed(),
            new Adam(
                new CosineSchedule(
                    recipe.learningRate(), recipe.warmUpIterations(), recipe.iterations())),
            recipe.l2());
    WeightAverage average = new WeightAverage(network.params(), recipe.averageDecay());
    double loss = Math.log(shape.classes());
    int first = 0;
    Optional<Checkpoint> checkpoint = checkpoints.read(fingerprint);
    if (checkpoint.isPresent()) {
      first = checkpoint.get().iteration();
      loss = checkpoint.get().loss();
      restore(network, average, checkpoint.get());
    }
    int epochIterations = Math.max(1, recipe.iterations() / EPOCHS);
    StripBatches batches = new StripBatches(composer, recipe, normalization, executor, first);
    for (int iteration = first; iteration < recipe.iterations(); iteration++) {
      List<StripBatches.Example> examples = batches.next();
      int labelled = fit(network, examples);
      average.update(network.params());
      double batchLoss = network.score() * examples.size() / Math.max(1, labelled);
      loss = LOSS_SMOOTHING * loss + (1 - LOSS_SMOOTHING) * batchLoss;
      if ((iteration + 1) % epochIterations == 0) {
        checkpoints.write(fingerprint, checkpoint(network, average, iteration + 1, loss));
      }
      progress.update((iteration + 1) * recipe.batchStrips(), recipe.strips(), loss);
    }
    network.setParams(average.weights());
    return new TrainedNetwork(normalization, NormalizedNetwork.weights(network, shape));
  }

  private static Checkpoint checkpoint(
      MultiLayerNetwork network, WeightAverage average, int iteration, double loss) {
    return new Checkpoint(
        iteration,
        loss,
        network.params().dup('c').data().asFloat(),
        network.getUpdater().getStateViewArray().dup('c').data().asFloat(),
        average.weights().dup('c').data().asFloat(),
        average.updates());
  }

  private static void restore(
      MultiLayerNetwork network, WeightAverage average, Checkpoint checkpoint) {
    network.params().assign(row(checkpoint.weights()));
    network.getUpdater().getStateViewArray().assign(row(checkpoint.updaterState()));
    network.setIterationCount(checkpoint.iteration());
    average.restore(row(checkpoint.average()), checkpoint.averageUpdates());
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }

  private int fit(MultiLayerNetwork network, List<StripBatches.Example> examples) {
    int size = examples.size();
    int bands = recipe.featureSpec().bands();
    int frames = recipe.network().inputFrames(recipe.outputsPerStrip());
    int outputs = recipe.outputsPerStrip();
    int classes = recipe.network().classes();
    float[] input = new float[size * bands * frames];
    float[] target = new float[size * classes * outputs];
    float[] mask = new float[size * outputs];
    float rest = (float) (recipe.labelSmoothing() / classes);
    float certain = (float) (1 - recipe.labelSmoothing()) + rest;
    int labelled = 0;
    for (int i = 0; i < size; i++) {
      StripBatches.Example example = examples.get(i);
      System.arraycopy(example.input(), 0, input, i * bands * frames, bands * frames);
      for (int output = 0; output < outputs; output++) {
        byte wanted = example.classes()[output];
        if (wanted == Strip.UNKNOWN) {
          continue;
        }
        labelled++;
        mask[i * outputs + output] = 1;
        for (int c = 0; c < classes; c++) {
          target[(i * classes + c) * outputs + output] = c == wanted ? certain : rest;
        }
      }
    }
    try (INDArray features = Nd4j.create(input, new long[] {size, bands, frames}, 'c');
        INDArray labels = Nd4j.create(target, new long[] {size, classes, outputs}, 'c');
        INDArray labelMask = Nd4j.create(mask, new long[] {size, outputs}, 'c')) {
      network.fit(new DataSet(features, labels, null, labelMask));
    }
    return labelled;
  }

  private Normalization measureNormalization() {
    int bands = recipe.featureSpec().bands();
    double[] sum = new double[bands];
    double[] squares = new double[bands];
    long frames = 0;
    for (int i = 0; i < STATISTICS_STRIPS; i++) {
      // Strips of their own, numbered before those of the training.
      float[] values =
          LogMelExtractor.extract(recipe.featureSpec(), composer.compose(-1 - i).samples());
      for (int at = 0; at < values.length; at++) {
        double value = Math.max(values[at], recipe.floor());
        sum[at % bands] += value;
        squares[at % bands] += value * value;
      }
      frames += values.length / bands;
    }
    float[] mean = new float[bands];
    float[] deviation = new float[bands];
    for (int band = 0; band < bands; band++) {
      mean[band] = (float) (sum[band] / frames);
      double variance = squares[band] / frames - Math.pow(sum[band] / frames, 2);
      deviation[band] = (float) Math.max(0.1, Math.sqrt(variance));
    }
    return new Normalization(recipe.floor(), mean, deviation);
  }
}
