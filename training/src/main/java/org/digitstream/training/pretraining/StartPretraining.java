package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.training.network.StartWeights;
import org.digitstream.training.network.Trainer;

/**
 * Learns the start of a classifier without labels, from the first pictures of its own training:
 * each convolution as the encoder of an autoencoder whose input is the output of the one before
 * (Masci et al., Stacked Convolutional Auto-Encoders, 2011; denoising: Vincent et al., 2010).
 *
 * <p>Only the filters are taken over. The autoencoders have biases instead of the classifier's
 * batch normalization, which starts afresh. Because of it the scale of the filters does not matter
 * to what the classifier computes, but the smaller they are, the faster Adam turns them. So each
 * convolution's are brought to the root mean square of random ones (He et al., Delving Deep into
 * Rectifiers, 2015): a comparison of starts is then not one of learning rates.
 *
 * @param pictures how many, at least 1
 * @param epochs passes over them for each layer, at least 1
 */
public record StartPretraining(int pictures, int epochs) {
  /** A few seconds. */
  public static final StartPretraining STANDARD = new StartPretraining(1000, 3);

  private static final int BATCH = 30;
  private static final double LEARNING_RATE = 2e-3;

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public StartPretraining {
    if (pictures < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          pictures + " pictures and " + epochs + " epochs must both be at least 1");
    }
  }

  /**
   * Learns a start, on the calling thread; the same seed gives the same bits on one machine.
   *
   * @param method how
   * @param shape the network
   * @param trainer whose pictures are learned from
   * @param seed of the first weights, the order of the pictures and their corruption
   * @param executor composes the strips
   * @param progress is told after each update
   * @throws InterruptedException where the thread is interrupted
   */
  public StartWeights learn(
      StartMethod method,
      PictureShape shape,
      Trainer trainer,
      long seed,
      ExecutorService executor,
      PretrainingProgress progress)
      throws InterruptedException {
    if (method == StartMethod.RANDOM) {
      return StartWeights.RANDOM;
    }
    EncoderStack stack = EncoderStack.of(shape).withSignedInput();
    PretrainingSettings settings =
        new PretrainingSettings(
            Objective.HIDDEN, method.corruption(), epochs, BATCH, LEARNING_RATE, seed);
    List<Stage> stages =
        LayerwisePretraining.train(stack, trainer.pictures(pictures, executor), settings, progress);
    List<float[]> filters = new ArrayList<>();
    for (int layer = 0; layer < stages.size(); layer++) {
      float[] encoder = stages.get(layer).encoder();
      int channels = stack.layers().get(layer).channels();
      filters.add(scaled(Arrays.copyOf(encoder, encoder.length - channels), channels));
    }
    return new StartWeights(filters);
  }

  /** Brings filters to the root mean square of random ones. */
  private static float[] scaled(float[] filters, int channels) {
    double squares = 0;
    for (float value : filters) {
      squares += value * value;
    }
    double inputs = (double) filters.length / channels;
    double scale = Math.sqrt(2 / inputs / (squares / filters.length));
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (float) (scale * filters[i]);
    }
    return filters;
  }

  /** Every setting by name, for the model's provenance. */
  public Map<String, String> settings(StartMethod method) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("start", method.id());
    if (method != StartMethod.RANDOM) {
      settings.put("startPictures", Integer.toString(pictures));
      settings.put("startEpochs", Integer.toString(epochs));
      settings.put("startBatch", Integer.toString(BATCH));
      settings.put("startLearningRate", Double.toString(LEARNING_RATE));
      settings.put("startScale", "as random");
      settings.put("startMaskedShare", Double.toString(method.corruption().maskedShare()));
    }
    return settings;
  }
}
