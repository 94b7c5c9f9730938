package org.digitstream.training.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;

/**
 * Every setting of a training.
 *
 * @param featureSpec the features
 * @param network the shape of the network
 * @param lookAheadFrames an output speaks of the frame this many before the last one that it sees
 * @param outputsPerBlock outputs that one call in the stream makes
 * @param strips how many strips to train on
 * @param outputsPerStrip labelled places in a strip
 * @param batchStrips strips per update
 * @param learningRate the highest
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
    TemporalShape network,
    int lookAheadFrames,
    int outputsPerBlock,
    int strips,
    int outputsPerStrip,
    int batchStrips,
    double learningRate,
    int warmUpIterations,
    double labelSmoothing,
    double l2,
    double averageDecay,
    float floor,
    long seed) {

  /**
   * Checks the number of strips.
   *
   * @throws IllegalArgumentException where they are too few to warm up
   */
  public TrainingRecipe {
    if (strips / batchStrips <= Math.max(1, warmUpIterations)) {
      throw new IllegalArgumentException(
          strips
              + " strips are too few: there must be at least "
              + (long) (Math.max(1, warmUpIterations) + 1) * batchStrips);
    }
  }

  /**
   * The recipe of the model that ships: six convolutions 9 frames wide, the first with stride 2,
   * and a layer one frame wide.
   *
   * @param featureSpec features with 10 ms between frames
   * @param channels of every layer
   * @param strips how many strips to train on
   * @param seed of everything random
   */
  public static TrainingRecipe standard(
      FeatureSpec featureSpec, int channels, int strips, long seed) {
    List<Convolution> layers =
        IntStream.range(0, 7)
            .mapToObj(
                i ->
                    i == 6
                        ? new Convolution(1, 1, channels)
                        : new Convolution(9, i == 0 ? 2 : 1, channels))
            .toList();
    int batchStrips = 16;
    int iterations = strips / batchStrips;
    return new TrainingRecipe(
        featureSpec,
        new TemporalShape(featureSpec.bands(), layers, ModelBundle.LABELS.size()),
        14,
        4,
        strips,
        128,
        batchStrips,
        1.5e-3,
        Math.min(400, iterations / 8),
        0.05,
        1e-6,
        0.999,
        -17f,
        seed);
  }

  /** Updates in all. */
  public int iterations() {
    return strips / batchStrips;
  }

  /** Every setting by name, for the model's provenance. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("strips", Integer.toString(strips));
    settings.put("outputsPerStrip", Integer.toString(outputsPerStrip));
    settings.put("batchStrips", Integer.toString(batchStrips));
    settings.put("learningRate", Double.toString(learningRate));
    settings.put("warmUpIterations", Integer.toString(warmUpIterations));
    settings.put("schedule", "cosine to zero");
    settings.put("optimizer", "Adam");
    settings.put("labelSmoothing", Double.toString(labelSmoothing));
    settings.put("l2", Double.toString(l2));
    settings.put("averageDecay", Double.toString(averageDecay));
    return settings;
  }
}
