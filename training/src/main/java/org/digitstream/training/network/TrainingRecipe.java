package org.digitstream.training.network;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.NetworkShape;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.WordParts;
import org.digitstream.training.augmentation.Augmentation;

/**
 * Every setting of a training.
 *
 * @param featureSpec the features
 * @param network the shape of the network
 * @param examples what it is shown
 * @param augmentations what is done to the recordings
 * @param strips how many strips are composed for it
 * @param batchExamples examples per update
 * @param learningRate the highest of Adam
 * @param filterStep the longest step of {@link Muon}, by which the filters of convolutions learn; 0
 *     where they learn by Adam as well
 * @param warmUpIterations updates until it is reached
 * @param labelSmoothing share of the certainty that is spread over all classes (Szegedy et al.,
 *     2016)
 * @param l2 weight decay
 * @param averageDecay decay of the average of the weights
 * @param floor features below it are raised to it
 * @param seed of everything random
 */
public record TrainingRecipe(
    FeatureSpec featureSpec,
    NetworkShape network,
    Examples examples,
    Set<Augmentation> augmentations,
    int strips,
    int batchExamples,
    double learningRate,
    double filterStep,
    int warmUpIterations,
    double labelSmoothing,
    double l2,
    double averageDecay,
    float floor,
    long seed) {
  private static final int LONGEST_WARM_UP = 400;

  /** An eighth of a training at most is spent on warming up. */
  private static final int WARM_UP_SHARE = 8;

  private static final float FLOOR = -17;

  /** Twice as long steps had a greater loss from the beginning. */
  private static final double MUON_STEP = 0.05;

  private static final int STRING_FRAMES = 340;

  /**
   * Checks the number of strips.
   *
   * @throws IllegalArgumentException where they are too few to warm up
   */
  public TrainingRecipe {
    augmentations =
        augmentations.isEmpty()
            ? EnumSet.noneOf(Augmentation.class)
            : EnumSet.copyOf(augmentations);
    long needed = (long) (Math.max(1, warmUpIterations) + 1) * batchExamples;
    if ((long) strips * examples.perStrip() < needed) {
      throw new IllegalArgumentException(
          strips
              + " strips are too few: there must be at least "
              + (needed + examples.perStrip() - 1) / examples.perStrip());
    }
  }

  /**
   * A network of pictures: five convolutions over a window of 0.96 s.
   *
   * @param featureSpec features with 10 ms between frames
   * @param width multiplies the channels of every layer
   * @param strips how many strips are composed for it
   * @param seed of everything random
   */
  public static TrainingRecipe pictures(
      FeatureSpec featureSpec, double width, int strips, long seed) {
    PictureShape shape =
        new PictureShape(
            featureSpec.bands(),
            96,
            List.of(
                convolution(5, 5, 2, 2, 24 * width),
                convolution(3, 5, 1, 2, 48 * width),
                convolution(3, 3, 2, 1, 64 * width),
                convolution(3, 3, 1, 2, 96 * width),
                convolution(3, 3, 1, 1, 96 * width)),
            ModelBundle.LABELS.size());
    Examples examples = Examples.windows(shape, 4, 6, 20, 8, 0.65);
    return standard(featureSpec, shape, examples, strips, 64, 5e-3, 0.1, seed);
  }

  private static PictureShape.Convolution convolution(
      int bands, int frames, int strideBands, int strideFrames, double channels) {
    return new PictureShape.Convolution(
        bands, frames, strideBands, strideFrames, (int) Math.max(1, Math.round(channels)));
  }

  /**
   * A network over time: two convolutions 5 frames wide with stride 2, four more, and a layer one
   * frame wide.
   *
   * @param featureSpec features with 10 ms between frames
   * @param width multiplies the channels of every layer
   * @param strips how many strips are composed for it
   * @param seed of everything random
   */
  public static TrainingRecipe temporal(
      FeatureSpec featureSpec, double width, int strips, long seed) {
    int channels = (int) Math.max(1, Math.round(128 * width));
    List<TemporalShape.Convolution> layers =
        IntStream.range(0, 7)
            .mapToObj(
                i ->
                    i == 6
                        ? new TemporalShape.Convolution(1, 1, channels)
                        : new TemporalShape.Convolution(5, i < 2 ? 2 : 1, channels))
            .toList();
    TemporalShape shape = new TemporalShape(featureSpec.bands(), layers, ModelBundle.LABELS.size());
    return standard(
        featureSpec, shape, Examples.strips(shape, 14, 2, 64), strips, 16, 1.5e-3, 0.05, seed);
  }

  /**
   * A network over time that tells the thirds of words every 20 ms, for strings of digits: three
   * convolutions over bands and frames with stride 2, three over 7 frames, and a layer one frame
   * wide.
   *
   * @param featureSpec features with 10 ms between frames
   * @param width multiplies the channels of every layer
   * @param strips how many strips are composed for it
   * @param seed of everything random
   */
  public static TrainingRecipe strings(
      FeatureSpec featureSpec, double width, int strips, long seed) {
    List<PictureShape.Convolution> frontEnd =
        List.of(
            convolution(5, 5, 2, 2, 24 * width),
            convolution(3, 5, 2, 1, 48 * width),
            convolution(3, 3, 2, 1, 64 * width));
    int channels = (int) Math.max(1, Math.round(128 * width));
    List<TemporalShape.Convolution> layers =
        List.of(
            new TemporalShape.Convolution(7, 1, channels),
            new TemporalShape.Convolution(7, 1, channels),
            new TemporalShape.Convolution(7, 1, channels),
            new TemporalShape.Convolution(1, 1, channels));
    TemporalShape shape =
        new TemporalShape(featureSpec.bands(), frontEnd, layers, WordParts.CLASSES);
    int outputs = (STRING_FRAMES - shape.receptiveFieldFrames()) / shape.strideFrames() + 1;
    return standard(
        featureSpec, shape, Examples.strips(shape, 8, 2, outputs), strips, 16, 3e-3, 0.05, seed);
  }

  private static TrainingRecipe standard(
      FeatureSpec featureSpec,
      NetworkShape shape,
      Examples examples,
      int strips,
      int batchExamples,
      double learningRate,
      double labelSmoothing,
      long seed) {
    long iterations = (long) strips * examples.perStrip() / batchExamples;
    return new TrainingRecipe(
        featureSpec,
        shape,
        examples,
        Augmentation.all(),
        strips,
        batchExamples,
        learningRate,
        0,
        (int) Math.min(LONGEST_WARM_UP, iterations / WARM_UP_SHARE),
        labelSmoothing,
        0,
        0.999,
        FLOOR,
        seed);
  }

  /** The same, whose filters learn by {@link Muon}. */
  public TrainingRecipe withMuon() {
    return with(augmentations, MUON_STEP);
  }

  /** The same without some of the augmentations. */
  public TrainingRecipe without(Set<Augmentation> unwanted) {
    Set<Augmentation> wanted = EnumSet.copyOf(Augmentation.all());
    wanted.removeAll(unwanted);
    return with(wanted, filterStep);
  }

  private TrainingRecipe with(Set<Augmentation> otherAugmentations, double otherFilterStep) {
    return new TrainingRecipe(
        featureSpec,
        network,
        examples,
        otherAugmentations,
        strips,
        batchExamples,
        learningRate,
        otherFilterStep,
        warmUpIterations,
        labelSmoothing,
        l2,
        averageDecay,
        floor,
        seed);
  }

  /** Updates in all. */
  public int iterations() {
    return (int) ((long) strips * examples.perStrip() / batchExamples);
  }

  /** Strips that a number of updates have used up. */
  public int stripsAfter(int iterations) {
    return (int) Math.min(strips, (long) iterations * batchExamples / examples.perStrip());
  }

  /** Every setting by name, for the model's provenance. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("strips", Integer.toString(strips));
    settings.putAll(examples.settings());
    settings.put(
        "augmentations",
        augmentations.stream().map(Augmentation::toString).collect(Collectors.joining(", ")));
    settings.put("batchExamples", Integer.toString(batchExamples));
    settings.put("learningRate", Double.toString(learningRate));
    settings.put("warmUpIterations", Integer.toString(warmUpIterations));
    settings.put("schedule", "cosine to zero");
    settings.put("optimizer", filterStep > 0 ? "Muon for filters, Adam" : "Adam");
    if (filterStep > 0) {
      settings.put("filterStep", Double.toString(filterStep));
    }
    settings.put("labelSmoothing", Double.toString(labelSmoothing));
    settings.put("l2", Double.toString(l2));
    settings.put("averageDecay", Double.toString(averageDecay));
    return settings;
  }
}
