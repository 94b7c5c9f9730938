package org.digitstream.training.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.PictureShape.Convolution;

/**
 * How the study's networks are built and trained.
 *
 * @param channels of the convolutions, input side first; a classifier of two layers has the first
 *     two
 * @param kernel side of every kernel
 * @param stride of every convolution
 * @param batch pictures per update
 * @param epochs of a classifier
 * @param autoencoderEpochs of each autoencoder
 * @param learningRate Adam's
 * @param shownEpochs after which the pictures are shown that an autoencoder gives back
 */
public record StudySettings(
    List<Integer> channels,
    int kernel,
    int stride,
    int batch,
    int epochs,
    int autoencoderEpochs,
    double learningRate,
    List<Integer> shownEpochs) {
  /** The study's, with Adam's own learning rate. */
  public static final StudySettings STUDY =
      new StudySettings(List.of(16, 32, 32), 6, 2, 30, 10, 30, 1e-3, List.of(1, 5, 30));

  static final int DIGITS = 10;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public StudySettings {
    channels = List.copyOf(channels);
    shownEpochs = List.copyOf(shownEpochs);
    if (batch < 1 || epochs < 1 || autoencoderEpochs < 1) {
      throw new IllegalArgumentException(
          String.format(
              "batch %d, epochs %d and autoencoder epochs %d must be at least 1",
              batch, epochs, autoencoderEpochs));
    }
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException("learning rate " + learningRate + " is not within 0..1");
    }
  }

  /**
   * The classifier of so many convolutions.
   *
   * @throws StudyException where there are not so many, or a picture is too small for them
   */
  public PictureShape shape(int bands, int frames, int layers) {
    if (layers < 1 || layers > channels.size()) {
      throw new StudyException(
          layers
              + " layers are not within 1.."
              + channels.size()
              + ", the number of channels given");
    }
    List<Convolution> convolutions =
        channels.stream()
            .limit(layers)
            .map(outputs -> Convolution.square(kernel, stride, outputs))
            .toList();
    try {
      return new PictureShape(bands, frames, convolutions, DIGITS);
    } catch (IllegalArgumentException e) {
      throw new StudyException(
          "a network of " + layers + " layers does not fit the pictures: " + e.getMessage(), e);
    }
  }

  /** What decides a classifier, by name. */
  Map<String, String> classifierSettings(int layers) {
    Map<String, String> settings = networkSettings(layers);
    settings.put("epochs", Integer.toString(epochs));
    return settings;
  }

  /** What decides an autoencoder, by name. */
  Map<String, String> autoencoderSettings(int stage) {
    Map<String, String> settings = networkSettings(stage);
    settings.put("epochs", Integer.toString(autoencoderEpochs));
    settings.put("shown epochs", shownEpochs.toString());
    return settings;
  }

  private Map<String, String> networkSettings(int layers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "channels",
        channels.stream().limit(layers).map(String::valueOf).collect(Collectors.joining(", ")));
    settings.put("kernel", Integer.toString(kernel));
    settings.put("stride", Integer.toString(stride));
    settings.put("batch", Integer.toString(batch));
    settings.put("learning rate", Double.toString(learningRate));
    return settings;
  }
}
