package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.training.pretraining.ExampleOrder;

/**
 * Trains one of the study's classifiers. The same pictures and settings give the same bits on one
 * machine. One thread.
 */
final class ClassifierTraining {
  private static final int EVALUATION_BATCH = 30;

  private final PictureShape shape;
  private final StudySettings settings;
  private final long seed;
  private final List<float[]> encoders;
  private final LongSupplier nanoTime;

  /**
   * What a training leads to.
   *
   * @param weights in the order of the model file
   * @param epochs how good it was, from before the first epoch on
   * @param samplesPerSecond pictures trained on per second, without the time of measuring
   */
  record Trained(float[] weights, List<ClassifierEpoch> epochs, double samplesPerSecond) {}

  /**
   * A training to be done.
   *
   * @param encoders weights and biases that convolutions start with, input side first; may be fewer
   *     than the convolutions
   * @param nanoTime as {@link System#nanoTime}, for the speed alone
   * @throws IllegalArgumentException where the encoders are of another network
   */
  ClassifierTraining(
      PictureShape shape,
      StudySettings settings,
      long seed,
      List<float[]> encoders,
      LongSupplier nanoTime) {
    this.shape = shape;
    this.settings = settings;
    this.seed = seed;
    this.encoders = List.copyOf(encoders);
    this.nanoTime = nanoTime;
    List<PictureShape.FeatureMap> maps = shape.maps();
    for (int i = 0; i < encoders.size(); i++) {
      PictureShape.Convolution layer = shape.convolutions().get(i);
      int expected =
          layer.channels()
              * (maps.get(i).channels() * layer.kernelBands() * layer.kernelFrames() + 1);
      if (encoders.get(i).length != expected) {
        throw new IllegalArgumentException(
            String.format(
                "an encoder of another network: layer %d has %d weights, not %d",
                i + 1, expected, encoders.get(i).length));
      }
    }
  }

  /** Trains, on the calling thread. */
  Trained train(PictureSet pictures, Split split, IntConsumer trained) {
    Dl4jRuntime.prepareThread();
    try (ClassifierNetwork network =
        new ClassifierNetwork(shape, settings.learningRate(), seed, encoders)) {
      List<ClassifierEpoch> epochs = new ArrayList<>();
      epochs.add(measure(network, pictures, split, 0));
      ExampleOrder examples = new ExampleOrder(split.training(), seed);
      long nanos = 0;
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        int[] order = examples.next();
        long start = nanoTime.getAsLong();
        for (int from = 0; from < order.length; from += settings.batch()) {
          int[] batch =
              Arrays.copyOfRange(order, from, Math.min(order.length, from + settings.batch()));
          network.fit(pictures.joined(batch), pictures.digits(batch));
          trained.accept(batch.length);
        }
        nanos += nanoTime.getAsLong() - start;
        epochs.add(measure(network, pictures, split, epoch));
      }
      double perSecond = 1e9 * settings.epochs() * split.training().length / Math.max(1, nanos);
      return new Trained(network.weights(), List.copyOf(epochs), perSecond);
    }
  }

  private static ClassifierEpoch measure(
      ClassifierNetwork network, PictureSet pictures, Split split, int epoch) {
    double[] training = lossAndAccuracy(network, pictures, split.training());
    double[] test = lossAndAccuracy(network, pictures, split.test());
    return new ClassifierEpoch(epoch, training[0], training[1], test[0], test[1]);
  }

  private static double[] lossAndAccuracy(
      ClassifierNetwork network, PictureSet pictures, int[] places) {
    double loss = 0;
    int right = 0;
    for (int from = 0; from < places.length; from += EVALUATION_BATCH) {
      int[] batch =
          Arrays.copyOfRange(places, from, Math.min(places.length, from + EVALUATION_BATCH));
      float[][] probabilities = network.classify(pictures.joined(batch));
      int[] digits = pictures.digits(batch);
      for (int i = 0; i < batch.length; i++) {
        loss += ClassifierNetwork.loss(probabilities[i], digits[i]);
        right += best(probabilities[i]) == digits[i] ? 1 : 0;
      }
    }
    return new double[] {loss / places.length, (double) right / places.length};
  }

  private static int best(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }
}
