package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.training.pretraining.EncoderStack.FeatureMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Learns the convolutions of a stack one after the other, each as the encoder of an autoencoder
 * (Masci et al., Stacked Convolutional Auto-Encoders, 2011). DL4J's own {@code pretrain()} does not
 * work for stacks.
 *
 * <pre>{@code
 * EncoderStack stack = EncoderStack.of(pictureShape);
 * List<Stage> stages = LayerwisePretraining.train(stack, pictures, settings, PretrainingProgress.NONE);
 * float[] firstLayer = stages.get(0).encoder();
 * }</pre>
 */
public final class LayerwisePretraining {
  private static final int BATCH = 30;

  private LayerwisePretraining() {}

  /**
   * Learns all layers.
   *
   * @param stack the convolutions
   * @param examples to learn from, each as {@code [channel][height][width]}
   * @param settings how
   * @param progress is told after each update and epoch
   * @return one per layer, input side first
   * @throws IllegalArgumentException where there are no examples, or they have another size
   */
  public static List<Stage> train(
      EncoderStack stack,
      float[][] examples,
      PretrainingSettings settings,
      PretrainingProgress progress) {
    List<Stage> stages = new ArrayList<>();
    while (stages.size() < stack.layers().size()) {
      stages.add(
          new StageTraining(stack, stages, settings).train(examples, new float[0][], progress));
    }
    return List.copyOf(stages);
  }

  /**
   * Encodes and decodes through as many layers as were learned.
   *
   * @param stack the convolutions
   * @param stages what was learned, at least one
   * @throws IllegalArgumentException where they are of another network
   */
  public static Autoencoder autoencoder(EncoderStack stack, List<Stage> stages) {
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).requireFits(stack, i);
    }
    List<Stage> learned = List.copyOf(stages);
    return examples -> reconstruct(stack, learned, examples);
  }

  private static float[][] reconstruct(
      EncoderStack stack, List<Stage> stages, float[][] examples) {
    Dl4jRuntime.prepareThread();
    MultiLayerNetwork encoder = CodecNetworks.encoder(stack, stages);
    MultiLayerNetwork decoder = CodecNetworks.decoder(stack, stages);
    FeatureMap map = stack.maps().get(0);
    float[][] reconstructed = new float[examples.length][];
    for (int from = 0; from < examples.length; from += BATCH) {
      int size = Math.min(BATCH, examples.length - from);
      float[] batch = StageTraining.gather(examples, null, from, size);
      try (INDArray input =
              Nd4j.create(
                  batch, new long[] {size, map.channels(), map.height(), map.width()}, 'c');
          INDArray hidden = encoder.output(input, false);
          INDArray output = decoder.output(hidden, false)) {
        float[] values = output.dup('c').data().asFloat();
        for (int i = 0; i < size; i++) {
          reconstructed[from + i] = new float[map.size()];
          System.arraycopy(values, i * map.size(), reconstructed[from + i], 0, map.size());
        }
      }
    }
    encoder.close();
    decoder.close();
    return reconstructed;
  }
}
