package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.training.pretraining.EncoderStack.FeatureMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains the autoencoder of one layer; the layers before it stay as they are. The same examples and
 * settings give the same bits on one machine. One thread.
 */
public final class StageTraining {
  private static final int EVALUATION_BATCH = 60;

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
    MultiLayerNetwork network = CodecNetworks.stage(stack, earlier, settings);
    MultiLayerNetwork encoder =
        earlier.isEmpty() ? null : CodecNetworks.encoder(stack, earlier);
    try {
      int[] order = new int[training.length];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      SplittableRandom random = new SplittableRandom(settings.seed() + 1000L * earlier.size());
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        shuffle(order, random);
        double sum = 0;
        for (int from = 0; from < order.length; from += settings.batch()) {
          int size = Math.min(settings.batch(), order.length - from);
          sum += size * fit(network, encoder, gather(training, order, from, size), random);
          progress.trained(size);
        }
        EpochLoss loss = new EpochLoss(epoch, sum / order.length, loss(network, encoder, test));
        progress.epoch(loss, examples -> reconstruct(network, examples));
      }
      return stage(network);
    } finally {
      network.close();
      if (encoder != null) {
        encoder.close();
      }
    }
  }

  private static Stage stage(MultiLayerNetwork network) {
    return new Stage(
        CodecNetworks.weights(network.getLayer(0)), CodecNetworks.weights(network.getLayer(1)));
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

  private double fit(
      MultiLayerNetwork network, MultiLayerNetwork encoder, float[] batch, SplittableRandom random) {
    try (INDArray pictures = pictures(batch);
        INDArray clean = encoded(encoder, pictures);
        INDArray target = target(pictures, clean);
        INDArray input = corrupted(clean, random)) {
      network.fit(new DataSet(input, target));
      return network.score();
    }
  }

  private double loss(MultiLayerNetwork network, MultiLayerNetwork encoder, float[][] examples) {
    double sum = 0;
    for (int from = 0; from < examples.length; from += EVALUATION_BATCH) {
      int size = Math.min(EVALUATION_BATCH, examples.length - from);
      try (INDArray pictures = pictures(gather(examples, null, from, size));
          INDArray clean = encoded(encoder, pictures);
          INDArray target = target(pictures, clean)) {
        sum += size * network.score(new DataSet(clean, target), false);
      }
    }
    return examples.length == 0 ? Double.NaN : sum / examples.length;
  }

  private INDArray pictures(float[] batch) {
    FeatureMap map = stack.maps().get(0);
    return Nd4j.create(
        batch,
        new long[] {batch.length / map.size(), map.channels(), map.height(), map.width()},
        'c');
  }

  /** Another array in any case, so that each can be closed by itself. */
  private static INDArray encoded(MultiLayerNetwork encoder, INDArray pictures) {
    return encoder == null ? pictures.dup('c') : encoder.output(pictures, false);
  }

  private INDArray target(INDArray pictures, INDArray clean) {
    INDArray target = settings.objective() == Objective.PICTURE ? pictures : clean;
    long batch = target.size(0);
    return target.dup('c').reshape('c', batch, target.length() / batch);
  }

  private INDArray corrupted(INDArray clean, SplittableRandom random) {
    INDArray copy = clean.dup('c');
    if (!settings.corruption().isActive()) {
      return copy;
    }
    float[] values = copy.data().asFloat();
    long[] shape = copy.shape();
    copy.close();
    settings.corruption().apply(values, random);
    return Nd4j.create(values, shape, 'c');
  }

  private float[][] reconstruct(MultiLayerNetwork network, float[][] examples) {
    List<Stage> stages = new ArrayList<>(earlier);
    stages.add(stage(network));
    return LayerwisePretraining.autoencoder(stack, stages).reconstruct(examples);
  }

  static float[] gather(float[][] examples, int[] order, int from, int size) {
    int length = examples[0].length;
    float[] batch = new float[size * length];
    for (int i = 0; i < size; i++) {
      float[] example = examples[order == null ? from + i : order[from + i]];
      System.arraycopy(example, 0, batch, i * length, length);
    }
    return batch;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
