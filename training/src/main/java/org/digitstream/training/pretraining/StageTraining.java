package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;

/**
 * Trains the autoencoder of one layer; the layers before it stay as they are. The same examples and
 * settings give the same bits on one machine. One thread.
 */
public final class StageTraining {
  private static final long SEEDS_APART = 1_000_003;

  private final EncoderStack stack;
  private final List<Stage> earlier;
  private final PretrainingSettings settings;

  /**
   * A training to be done.
   *
   * @param stack the whole stack
   * @param earlier what was learned for the layers before this one; their number says which layer
   *     this one is
   * @param settings how to train
   * @throws IllegalArgumentException where the earlier layers are of another network, or are all
   */
  public StageTraining(EncoderStack stack, List<Stage> earlier, PretrainingSettings settings) {
    if (earlier.size() >= stack.layers().size()) {
      throw new IllegalArgumentException(
          "all " + stack.layers().size() + " layers are learned already");
    }
    for (int i = 0; i < earlier.size(); i++) {
      earlier.get(i).requireFits(stack, i);
    }
    this.stack = stack;
    this.earlier = List.copyOf(earlier);
    this.settings = settings;
  }

  /**
   * Trains, on the calling thread.
   *
   * @param training examples, each as {@code [channel][height][width]}
   * @param test examples to measure the loss on; may be none
   * @param progress is told after each update and epoch
   * @throws IllegalArgumentException where there are no examples, or they have another size
   */
  public Stage train(float[][] training, float[][] test, PretrainingProgress progress) {
    requireSize(training);
    requireSize(test);
    if (training.length == 0) {
      throw new IllegalArgumentException("there are no examples to learn from");
    }
    Dl4jRuntime.prepareThread();
    long seed = settings.seed() + SEEDS_APART * earlier.size();
    ExampleOrder examples = new ExampleOrder(IntStream.range(0, training.length).toArray(), seed);
    SplittableRandom random = new SplittableRandom(~seed);
    try (StageNetwork network = new StageNetwork(stack, earlier, settings, random)) {
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        int[] order = examples.next();
        double sum = 0;
        for (int from = 0; from < order.length; from += settings.batch()) {
          int size = Math.min(settings.batch(), order.length - from);
          sum += size * network.fit(StageNetwork.gather(training, order, from, size), size);
          progress.trained(size);
        }
        EpochLoss loss = new EpochLoss(epoch, sum / order.length, network.loss(test));
        progress.epoch(loss, some -> reconstruct(network.stage(), some));
      }
      return network.stage();
    }
  }

  private void requireSize(float[][] examples) {
    int size = stack.maps().get(0).size();
    for (float[] example : examples) {
      if (example.length != size) {
        throw new IllegalArgumentException(
            "an example of " + example.length + " values is not the input of " + size);
      }
    }
  }

  private float[][] reconstruct(Stage stage, float[][] examples) {
    List<Stage> stages = new ArrayList<>(earlier);
    stages.add(stage);
    return LayerwisePretraining.autoencoder(stack, stages).reconstruct(examples);
  }
}
