package org.digitstream.training.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.training.augmentation.Strip;
import org.digitstream.training.augmentation.StripComposer;
import org.digitstream.training.corpus.Corpus;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Trains the network of a {@link TrainingRecipe}. The same recipe, corpus and start give the same
 * weights to the bit on one machine, however many threads compose the strips. One thread at a time.
 */
public final class Trainer {
  private static final int STATISTICS_STRIPS = 400;
  private static final double LOSS_SMOOTHING = 0.98;
  private static final int EPOCHS = 50;

  /** Of a batch; two even on one processor, so that the result is the same everywhere. */
  private static final int PARTS = 2;

  private final TrainingRecipe recipe;
  private final StripComposer composer;
  private final StartWeights start;
  private final String randomlyStarted;
  private final String fingerprint;
  private final List<Batch> kept;
  private Normalization normalization;

  /**
   * A trainer that starts from random weights.
   *
   * @throws IllegalArgumentException where a digit is missing in the corpus
   */
  public Trainer(TrainingRecipe recipe, Corpus corpus) {
    this(
        recipe,
        new StripComposer(
            recipe.examples().scenes(),
            corpus,
            recipe.featureSpec(),
            recipe.examples().stripFrames(),
            recipe.augmentations(),
            recipe.seed()),
        StartWeights.RANDOM,
        TrainingFingerprint.of(recipe, corpus),
        null,
        null);
  }

  private Trainer(
      TrainingRecipe recipe,
      StripComposer composer,
      StartWeights start,
      String randomlyStarted,
      Normalization normalization,
      List<Batch> kept) {
    this.recipe = recipe;
    this.composer = composer;
    this.start = start;
    this.normalization = normalization;
    this.kept = kept;
    this.randomlyStarted = randomlyStarted;
    this.fingerprint = TrainingFingerprint.of(randomlyStarted, start);
  }

  /**
   * The same training from another start.
   *
   * @throws IllegalArgumentException where the filters are those of another network, or the network
   *     is none of pictures
   */
  public Trainer startingFrom(StartWeights otherStart) {
    if (recipe.network() instanceof PictureShape shape) {
      otherStart.requireFits(shape);
    } else if (!otherStart.isRandom()) {
      throw new IllegalArgumentException(
          "only a network of pictures can start from given filters, not one over time");
    }
    return new Trainer(recipe, composer, otherStart, randomlyStarted, normalization, kept);
  }

  /**
   * The same training with all that it will be shown composed now and kept in memory, so that
   * trainings from other starts need not compose it again. The result of a training is the same.
   *
   * @param executor composes the strips
   * @param stripsDone is told how many strips are composed
   * @throws InterruptedException where the thread is interrupted
   */
  public Trainer rehearsed(ExecutorService executor, IntConsumer stripsDone)
      throws InterruptedException {
    List<Batch> all = new ArrayList<>();
    Batches batches = batches(executor, 0);
    for (int iteration = 0; iteration < recipe.iterations(); iteration++) {
      all.add(batches.next());
      stripsDone.accept(recipe.stripsAfter(iteration + 1));
    }
    return new Trainer(recipe, composer, start, randomlyStarted, normalization(), List.copyOf(all));
  }

  /**
   * The first pictures that a training of a network of pictures is shown: what can be learned from
   * without labels.
   *
   * @param count how many are wanted; there are fewer where the training has fewer
   * @param executor composes the strips
   * @return {@code [picture][band * frames + frame]}, normalized
   * @throws InterruptedException where the thread is interrupted
   */
  public float[][] pictures(int count, ExecutorService executor) throws InterruptedException {
    int size = recipe.batchExamples();
    float[][] pictures = new float[Math.min(count, size * recipe.iterations())][];
    Batches batches = batches(executor, 0);
    Batch batch = null;
    for (int i = 0; i < pictures.length; i++) {
      if (i % size == 0) {
        batch = batches.next();
      }
      int values = batch.input().length / size;
      pictures[i] = Arrays.copyOfRange(batch.input(), i % size * values, (i % size + 1) * values);
    }
    return pictures;
  }

  /** Names the training by all that its result depends on, in 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * What a training leads to.
   *
   * @param normalization of the input, measured on the strips
   * @param weights in the order of the model file
   * @param classShares how often each class was taught, measured on the same strips; empty for
   *     windows
   * @param seconds for how long was trained, interruptions left out
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
  public record TrainedNetwork(
      Normalization normalization, float[] weights, double[] classShares, double seconds) {}

  /**
   * Trains, on two threads of its own.
   *
   * @param executor composes the strips
   * @param checkpoints where it goes on from, and keeps what it knows after each of its {@value
   *     #EPOCHS} epochs
   * @param millis tells the time, to measure how long it takes and for nothing else
   * @param progress is told after each update
   * @throws CheckpointException where the checkpoint is damaged or another training's
   * @throws IOException where a checkpoint cannot be read or written
   * @throws InterruptedException where the thread is interrupted
   */
  public TrainedNetwork train(
      ExecutorService executor,
      CheckpointFile checkpoints,
      LongSupplier millis,
      TrainingProgress progress)
      throws IOException, InterruptedException {
    Dl4jRuntime.prepareThread();
    int parts = recipe.batchExamples() % PARTS == 0 ? PARTS : 1;
    try (ReplicatedNetwork replicas =
        new ReplicatedNetwork(
            this::network, parts, recipe.featureSpec().bands(), recipe.network().classes())) {
      return train(replicas, executor, checkpoints, millis, progress);
    }
  }

  private MultiLayerNetwork network() {
    MultiLayerNetwork network =
        NormalizedNetwork.initialized(
            recipe.network(),
            recipe.examples().stripFrames(),
            recipe.seed(),
            new Adam(schedule(recipe.learningRate())),
            recipe.filterStep() > 0 ? schedule(recipe.filterStep()) : null,
            recipe.l2());
    NormalizedNetwork.start(network, start);
    return network;
  }

  private CosineSchedule schedule(double peak) {
    return new CosineSchedule(peak, recipe.warmUpIterations(), recipe.iterations());
  }

  private TrainedNetwork train(
      ReplicatedNetwork replicas,
      ExecutorService executor,
      CheckpointFile checkpoints,
      LongSupplier millis,
      TrainingProgress progress)
      throws IOException, InterruptedException {
    MultiLayerNetwork network = replicas.network();
    WeightAverage average = new WeightAverage(network.params(), recipe.averageDecay());
    double loss = Math.log(recipe.network().classes());
    int first = 0;
    double secondsBefore = 0;
    long startMillis = millis.getAsLong();
    Optional<Checkpoint> checkpoint = checkpoints.read(fingerprint);
    if (checkpoint.isPresent()) {
      first = checkpoint.get().iteration();
      loss = checkpoint.get().loss();
      secondsBefore = checkpoint.get().seconds();
      restore(network, average, checkpoint.get());
    }
    int epochIterations = Math.max(1, recipe.iterations() / EPOCHS);
    Batches batches = batches(executor, first);
    for (int iteration = first; iteration < recipe.iterations(); iteration++) {
      Batch batch = batches.next();
      double score = replicas.fit(batch, recipe.batchExamples(), iteration);
      average.update(network.params());
      double batchLoss = score * recipe.batchExamples() / Math.max(1, batch.labels());
      loss = LOSS_SMOOTHING * loss + (1 - LOSS_SMOOTHING) * batchLoss;
      if ((iteration + 1) % epochIterations == 0) {
        checkpoints.write(
            fingerprint,
            checkpoint(
                network,
                average,
                iteration + 1,
                loss,
                secondsBefore + secondsSince(startMillis, millis)));
      }
      progress.update(recipe.stripsAfter(iteration + 1), recipe.strips(), loss);
    }
    network.setParams(average.weights());
    return new TrainedNetwork(
        normalization(),
        NormalizedNetwork.weights(network, recipe.network()),
        recipe.examples() instanceof StripExamples strips ? classShares(strips) : new double[0],
        secondsBefore + secondsSince(startMillis, millis));
  }

  private static double secondsSince(long startMillis, LongSupplier millis) {
    return (millis.getAsLong() - startMillis) / 1000.0;
  }

  private static Checkpoint checkpoint(
      MultiLayerNetwork network,
      WeightAverage average,
      int iteration,
      double loss,
      double seconds) {
    return new Checkpoint(
        iteration,
        loss,
        seconds,
        network.params().dup('c').data().asFloat(),
        network.getUpdater().getStateViewArray().dup('c').data().asFloat(),
        average.weights().dup('c').data().asFloat(),
        average.updates());
  }

  private static void restore(
      MultiLayerNetwork network, WeightAverage average, Checkpoint checkpoint) {
    network.params().assign(row(checkpoint.weights()));
    network.getUpdater().getStateViewArray().assign(row(checkpoint.updaterState()));
    average.restore(row(checkpoint.average()), checkpoint.averageUpdates());
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }

  private Batches batches(ExecutorService executor, int first) {
    if (kept != null) {
      return new KeptBatches(kept, first);
    }
    return recipe.examples() instanceof WindowExamples windows
        ? new WindowBatches(recipe, windows, composer, normalization(), executor, first)
        : new StripBatches(
            recipe, (StripExamples) recipe.examples(), composer, normalization(), executor, first);
  }

  private double[] classShares(StripExamples examples) {
    double[] shares = new double[recipe.network().classes()];
    int hop = recipe.featureSpec().hopSamples();
    double all = 0;
    for (int i = 0; i < STATISTICS_STRIPS; i++) {
      Strip strip = composer.compose(-1 - i);
      for (int output = 0; output < examples.outputsPerStrip(); output++) {
        int sample = examples.frameOfOutput(output) * hop + recipe.featureSpec().fftSamples() / 2;
        byte target = examples.target(strip, sample);
        if (target != Strip.UNKNOWN) {
          shares[target]++;
          all++;
        }
      }
    }
    for (int c = 0; c < shares.length; c++) {
      // A class that was not there was there less than once.
      shares[c] = Math.max(0.5, shares[c]) / Math.max(1, all);
    }
    return shares;
  }

  private Normalization normalization() {
    if (normalization == null) {
      normalization = measureNormalization();
    }
    return normalization;
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
    return recipe.examples().normalization(recipe.floor(), mean, deviation);
  }
}
