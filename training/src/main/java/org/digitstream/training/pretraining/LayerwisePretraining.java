package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  private static float[][] reconstruct(EncoderStack stack, List<Stage> stages, float[][] examples) {
    Dl4jRuntime.prepareThread();
    float[][] reconstructed = new float[examples.length][];
    List<CodecLayer> layers = new ArrayList<>();
    for (Stage stage : stages) {
      layers.add(
          new CodecLayer(
              stack, layers.size(), StageNetwork.joined(stage.encoder(), stage.decoder())));
    }
    for (int i = 0; i < examples.length; i++) {
      reconstructed[i] = reconstruct(layers, examples[i]);
    }
    layers.forEach(CodecLayer::close);
    return reconstructed;
  }

  private static float[] reconstruct(List<CodecLayer> layers, float[] example) {
    List<INDArray> values = new ArrayList<>();
    values.add(CodecLayer.memory(1, layers.get(0).large()));
    values.get(0).data().setData(example);
    for (CodecLayer layer : layers) {
      INDArray small = CodecLayer.memory(1, layer.small());
      layer.encode(values.get(values.size() - 1), small);
      values.add(small);
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      INDArray large = CodecLayer.memory(1, layers.get(i).large());
      layers.get(i).decode(values.get(values.size() - 1), large);
      values.add(large);
    }
    float[] reconstructed = values.get(values.size() - 1).data().asFloat();
    values.forEach(INDArray::close);
    return reconstructed;
  }
}
