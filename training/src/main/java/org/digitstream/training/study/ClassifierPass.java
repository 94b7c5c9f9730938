package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.training.pretraining.ConvolutionOperations;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The way of one batch through a classifier, and the gradient's way back. Keeps the memory for
 * batches of one size. Close it when done.
 */
final class ClassifierPass implements AutoCloseable {
  private final int batch;
  private final int classes;
  private final List<ConvolutionOperations> operations = new ArrayList<>();
  private final List<long[]> weightShapes = new ArrayList<>();
  private final INDArray parameters;

  /** The pictures and the output of each convolution; their gradients. */
  private final List<INDArray> maps = new ArrayList<>();

  private final List<INDArray> gradients = new ArrayList<>();
  private final boolean firstCovered;
  private final INDArray unused;
  private float[][] probabilities = new float[0][];

  ClassifierPass(PictureShape shape, INDArray parameters, int batch) {
    this.batch = batch;
    this.classes = shape.classes();
    this.parameters = parameters;
    List<PictureShape.FeatureMap> sizes = shape.maps();
    for (PictureShape.FeatureMap size : sizes) {
      maps.add(memory(size));
      gradients.add(memory(size));
    }
    for (int i = 0; i < shape.convolutions().size(); i++) {
      PictureShape.Convolution layer = shape.convolutions().get(i);
      operations.add(
          new ConvolutionOperations(
              layer.kernelBands(),
              layer.kernelFrames(),
              layer.strideBands(),
              layer.strideFrames()));
      weightShapes.add(
          new long[] {
            layer.channels(), sizes.get(i).channels(), layer.kernelBands(), layer.kernelFrames()
          });
    }
    weightShapes.add(new long[] {classes, sizes.get(sizes.size() - 1).size()});
    firstCovered = operations.get(0).coversExactly(sizes.get(0), sizes.get(1));
    unused = memory(sizes.get(1));
  }

  private INDArray memory(PictureShape.FeatureMap map) {
    return Nd4j.create(
        DataType.FLOAT, new long[] {batch, map.channels(), map.bands(), map.frames()}, 'c');
  }

  /** Probabilities of the classes, for each picture. */
  float[][] forward(float[] pictures) {
    try (INDArray given = Nd4j.create(pictures, maps.get(0).shape(), 'c')) {
      maps.get(0).assign(given);
    }
    for (int i = 0; i < operations.size(); i++) {
      operations
          .get(i)
          .convolve(maps.get(i), weights(parameters, i), biases(parameters, i), maps.get(i + 1));
      ConvolutionOperations.rectify(maps.get(i + 1));
    }
    int dense = operations.size();
    try (INDArray sums = flat(maps.get(dense)).mmul(weights(parameters, dense).transpose())) {
      sums.addiRowVector(biases(parameters, dense));
      probabilities = softmax(sums.toFloatMatrix());
    }
    return probabilities;
  }

  private static float[][] softmax(float[][] sums) {
    for (float[] row : sums) {
      double most = Double.NEGATIVE_INFINITY;
      for (float value : row) {
        most = Math.max(most, value);
      }
      double all = 0;
      for (float value : row) {
        all += Math.exp(value - most);
      }
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) (Math.exp(row[c] - most) / all);
      }
    }
    return sums;
  }

  /** Puts the gradient of the last forward pass's mean cross-entropy into a vector. */
  void backward(int[] digits, INDArray gradient) {
    int dense = operations.size();
    float[] difference = new float[batch * classes];
    for (int i = 0; i < batch; i++) {
      for (int c = 0; c < classes; c++) {
        difference[i * classes + c] = (probabilities[i][c] - (c == digits[i] ? 1 : 0)) / batch;
      }
    }
    INDArray input = flat(maps.get(dense));
    try (INDArray errors = Nd4j.create(difference, new long[] {batch, classes}, 'c');
        INDArray weightGradient = errors.transpose().mmul(input);
        INDArray biasGradient = errors.sum(0);
        INDArray inputGradient = errors.mmul(weights(parameters, dense))) {
      weights(gradient, dense).assign(weightGradient);
      biases(gradient, dense).assign(biasGradient);
      flat(gradients.get(dense)).assign(inputGradient);
    }
    for (int i = dense - 1; i >= 0; i--) {
      ConvolutionOperations.rectifyGradient(maps.get(i + 1), gradients.get(i + 1));
      gradients.get(i + 1).sum(biases(gradient, i), 0, 2, 3);
      if (i == 0 && firstCovered) {
        // The picture's gradient is not needed.
        operations
            .get(0)
            .deconvolutionGradients(
                gradients.get(1),
                weights(parameters, 0),
                maps.get(0),
                unused,
                weights(gradient, 0));
      } else {
        operations
            .get(i)
            .convolutionGradients(
                maps.get(i),
                weights(parameters, i),
                gradients.get(i + 1),
                gradients.get(i),
                weights(gradient, i));
      }
    }
  }

  private INDArray flat(INDArray map) {
    return map.reshape('c', batch, map.length() / batch);
  }

  private INDArray weights(INDArray vector, int layer) {
    return part(vector, offset(layer), weightShapes.get(layer));
  }

  private INDArray biases(INDArray vector, int layer) {
    long[] shape = weightShapes.get(layer);
    return part(vector, offset(layer) + size(shape), new long[] {shape[0]});
  }

  private long offset(int layer) {
    long offset = 0;
    for (int i = 0; i < layer; i++) {
      offset += size(weightShapes.get(i)) + weightShapes.get(i)[0];
    }
    return offset;
  }

  private static long size(long[] shape) {
    long size = 1;
    for (long side : shape) {
      size *= side;
    }
    return size;
  }

  private static INDArray part(INDArray vector, long from, long[] shape) {
    return vector.get(NDArrayIndex.interval(from, from + size(shape))).reshape('c', shape);
  }

  @Override
  public void close() {
    maps.forEach(INDArray::close);
    gradients.forEach(INDArray::close);
    unused.close();
  }
}
