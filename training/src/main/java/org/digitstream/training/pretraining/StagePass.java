package org.digitstream.training.pretraining;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.PictureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The way of one batch through the earlier layers' encoders, the layer that learns and, where the
 * picture is to be given back, the earlier layers' decoders; and the gradient's way back. Keeps the
 * memory for batches of one size. Close it when done.
 */
final class StagePass implements AutoCloseable {
  private final List<CodecLayer> earlier;
  private final CodecLayer learning;
  private final boolean picture;
  private final int batch;
  private final List<INDArray> memory = new ArrayList<>();
  private final INDArray pictures;

  /** Output of each earlier encoder. */
  private final List<INDArray> encoded = new ArrayList<>();

  private final INDArray input;
  private final INDArray hidden;
  private final INDArray hiddenGradient;
  private final boolean exact;
  private final INDArray unused;

  /** Output of the learning decoder, then of the earlier ones, last first; and their gradients. */
  private final List<INDArray> decoded = new ArrayList<>();

  private final List<INDArray> decodedGradients = new ArrayList<>();

  StagePass(List<CodecLayer> earlier, CodecLayer learning, boolean picture, int batch) {
    this.earlier = earlier;
    this.learning = learning;
    this.picture = picture;
    this.batch = batch;
    pictures = memory(earlier.isEmpty() ? learning.large() : earlier.get(0).large());
    for (CodecLayer layer : earlier) {
      encoded.add(memory(layer.small()));
    }
    input = memory(learning.large());
    hidden = memory(learning.small());
    hiddenGradient = memory(learning.small());
    exact = learning.encoder().coversExactly(learning.large(), learning.small());
    unused = memory(exact ? learning.small() : learning.large());
    decoded.add(memory(learning.large()));
    decodedGradients.add(memory(learning.large()));
    if (picture) {
      for (int i = earlier.size() - 1; i >= 0; i--) {
        decoded.add(memory(earlier.get(i).large()));
        decodedGradients.add(memory(earlier.get(i).large()));
      }
    }
  }

  private INDArray memory(PictureShape.FeatureMap map) {
    INDArray array = CodecLayer.memory(batch, map);
    memory.add(array);
    return array;
  }

  /**
   * Forward.
   *
   * @param examples a batch of them, one after the other
   * @param corruption of the learning layer's input
   * @return mean squared error per value
   */
  double forward(float[] examples, Corruptor corruption) {
    try (INDArray given = Nd4j.create(examples, pictures.shape(), 'c')) {
      pictures.assign(given);
    }
    INDArray clean = pictures;
    for (int i = 0; i < earlier.size(); i++) {
      earlier.get(i).encode(clean, encoded.get(i));
      clean = encoded.get(i);
    }
    corruption.corrupt(clean, input);
    learning.encode(input, hidden);
    learning.decode(hidden, decoded.get(0));
    for (int i = 1; i < decoded.size(); i++) {
      earlier.get(earlier.size() - i).decode(decoded.get(i - 1), decoded.get(i));
    }
    INDArray target = picture ? pictures : clean;
    INDArray output = decoded.get(decoded.size() - 1);
    INDArray difference = decodedGradients.get(decoded.size() - 1);
    output.subi(target, difference);
    double norm = difference.norm2Number().doubleValue();
    return norm * norm / difference.length();
  }

  /** Puts the gradient of the last forward pass's loss into a vector like the parameters. */
  void backward(INDArray gradient) {
    int last = decoded.size() - 1;
    INDArray upper = decodedGradients.get(last);
    upper.muli(2.0 / upper.length());
    for (int i = last; i > 0; i--) {
      CodecLayer layer = earlier.get(earlier.size() - i);
      if (layer.isDecoderRectified()) {
        ConvolutionOperations.rectifyGradient(decoded.get(i), decodedGradients.get(i));
      }
      layer
          .decoder()
          .convolve(decodedGradients.get(i), layer.decoderWeights, decodedGradients.get(i - 1));
    }
    INDArray large = decodedGradients.get(0);
    if (learning.isDecoderRectified()) {
      ConvolutionOperations.rectifyGradient(decoded.get(0), large);
    }
    learning
        .decoder()
        .deconvolutionGradients(
            hidden,
            learning.decoderWeights,
            large,
            hiddenGradient,
            learning.like(learning.decoderWeights, gradient));
    large.sum(learning.like(learning.decoderBias, gradient), 0, 2, 3);
    ConvolutionOperations.rectifyGradient(hidden, hiddenGradient);
    INDArray weightGradient = learning.like(learning.encoderWeights, gradient);
    ConvolutionOperations encoder = learning.encoder();
    if (exact) {
      encoder.deconvolutionGradients(
          hiddenGradient, learning.encoderWeights, input, unused, weightGradient);
    } else {
      encoder.convolutionGradients(
          input, learning.encoderWeights, hiddenGradient, unused, weightGradient);
    }
    hiddenGradient.sum(learning.like(learning.encoderBias, gradient), 0, 2, 3);
  }

  /** Writes a layer's clean input into what the layer sees. */
  @FunctionalInterface
  interface Corruptor {
    /** Leaves the input as it is. */
    Corruptor NONE = (clean, input) -> input.assign(clean);

    /** Copies, and changes the copy. */
    void corrupt(INDArray clean, INDArray input);
  }

  @Override
  public void close() {
    memory.forEach(INDArray::close);
  }
}
