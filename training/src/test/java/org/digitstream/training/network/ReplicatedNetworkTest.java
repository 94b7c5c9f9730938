package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class ReplicatedNetworkTest {
  private static final int BANDS = 12;
  private static final int FRAMES = 20;
  private static final int CLASSES = 3;
  private static final int STEPS = 8;

  private static MultiLayerNetwork network() {
    Dl4jRuntime.prepareThread();
    PictureShape shape =
        new PictureShape(
            BANDS,
            FRAMES,
            List.of(
                new PictureShape.Convolution(3, 3, 2, 2, 6),
                new PictureShape.Convolution(3, 3, 1, 2, 8)),
            CLASSES);
    return NormalizedNetwork.initialized(
        shape, FRAMES, 1, new Adam(new CosineSchedule(0.01, 3, STEPS)), 0);
  }

  private static Batch batch(int examples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] input = new float[examples * BANDS * FRAMES];
    float[] target = new float[examples * CLASSES];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) random.nextDouble(-1, 1);
    }
    for (int i = 0; i < examples; i++) {
      target[i * CLASSES + random.nextInt(CLASSES)] = 1;
    }
    return new Batch(input, target, null, examples);
  }

  private static Batch twice(Batch batch) {
    return new Batch(repeat(batch.input()), repeat(batch.target()), null, 2 * batch.labels());
  }

  private static float[] repeat(float[] values) {
    float[] twice = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, twice, values.length, values.length);
    return twice;
  }

  /** Weights after some steps of DL4J's own training. */
  private static float[] fitted(int examples) {
    MultiLayerNetwork network = network();
    for (int i = 0; i < STEPS; i++) {
      Batch batch = batch(examples, i);
      try (INDArray input =
              Nd4j.create(batch.input(), new long[] {examples, 1, BANDS, FRAMES}, 'c');
          INDArray target = Nd4j.create(batch.target(), new long[] {examples, CLASSES}, 'c')) {
        network.fit(new DataSet(input, target));
      }
    }
    return network.params().dup('c').data().asFloat();
  }

  @Test
  void onePartLearnsAsTheNetworkByItselfDoes() throws InterruptedException {
    try (ReplicatedNetwork replicas =
        new ReplicatedNetwork(ReplicatedNetworkTest::network, 1, BANDS, CLASSES)) {
      for (int i = 0; i < STEPS; i++) {
        replicas.fit(batch(10, i), 10, i);
      }
      assertThat(replicas.network().params().dup('c').data().asFloat())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(fitted(10));
    }
  }

  @Test
  void twoEqualPartsLearnAsOneOfThemDoes() throws InterruptedException {
    try (ReplicatedNetwork replicas =
        new ReplicatedNetwork(ReplicatedNetworkTest::network, 2, BANDS, CLASSES)) {
      for (int i = 0; i < STEPS; i++) {
        replicas.fit(twice(batch(10, i)), 20, i);
      }
      assertThat(replicas.network().params().dup('c').data().asFloat())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(fitted(10));
    }
  }
}
