package org.digitstream.inference.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.PictureShape.FeatureMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PictureNetworkTest {
  private static final ModelBundle MODEL = ModelFixtures.smallPictureModel(3);
  private static final PictureShape SHAPE =
      ModelFixtures.smallPictureShape(ModelBundle.LABELS.size());

  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepareThread();
  }

  @Test
  void oneDnnIsActiveOnX86() {
    String architecture = System.getProperty("os.arch");
    assumeTrue(architecture.equals("amd64") || architecture.equals("x86_64"), architecture);
    assertThat(TemporalNetwork.oneDnnActive(PictureNetwork.of(SHAPE, MODEL.weights()))).isTrue();
  }

  @Test
  void probabilitiesAreThoseOfAnIndependentComputation() {
    float[] window = someWindow(5);
    try (Dl4jClassifier classifier = Dl4jClassifier.load(MODEL)) {
      float[] probabilities = classifier.classify(window);

      double[] expected = reference(window);
      assertThat(probabilities).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) probabilities[i]).isCloseTo(expected[i], within(1e-5));
      }
      assertThat(probabilities).isNotEqualTo(classifier.classify(someWindow(6)));
      assertThat(classifier.classify(window)).isEqualTo(probabilities);
    }
  }

  @Test
  void aNetworkHasTheWeightsItWasGiven() {
    MultiLayerNetwork network = PictureNetwork.of(SHAPE, MODEL.weights());

    assertThat(PictureNetwork.weights(network)).isEqualTo(MODEL.weights());
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    assertThatThrownBy(() -> PictureNetwork.of(SHAPE, new float[17]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17 weights")
        .hasMessageContaining(Integer.toString(SHAPE.parameterCount()));
  }

  private static float[] someWindow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] window = new float[SHAPE.frames() * SHAPE.bands()];
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) (-20 + 16 * random.nextDouble());
    }
    return window;
  }

  /** The network in plain loops, from the definition in PictureShape and the order in the file. */
  private static double[] reference(float[] window) {
    double[][][] maps = new double[1][SHAPE.bands()][SHAPE.frames()];
    for (int band = 0; band < SHAPE.bands(); band++) {
      for (int frame = 0; frame < SHAPE.frames(); frame++) {
        maps[0][band][frame] =
            MODEL.normalization().apply(window[frame * SHAPE.bands() + band], band);
      }
    }
    float[] weights = MODEL.weights();
    int at = 0;
    for (int l = 0; l < SHAPE.convolutions().size(); l++) {
      PictureShape.Convolution layer = SHAPE.convolutions().get(l);
      FeatureMap size = SHAPE.maps().get(l + 1);
      int kernel = layer.kernelBands() * layer.kernelFrames();
      int biasAt = at + layer.channels() * maps.length * kernel;
      double[][][] out = new double[size.channels()][size.bands()][size.frames()];
      for (int o = 0; o < size.channels(); o++) {
        for (int band = 0; band < size.bands(); band++) {
          for (int frame = 0; frame < size.frames(); frame++) {
            double sum = weights[biasAt + o];
            for (int i = 0; i < maps.length; i++) {
              for (int k = 0; k < kernel; k++) {
                int y = band * layer.strideBands() + k / layer.kernelFrames();
                int x = frame * layer.strideFrames() + k % layer.kernelFrames();
                sum += weights[at + (o * maps.length + i) * kernel + k] * maps[i][y][x];
              }
            }
            out[o][band][frame] = Math.max(0, sum);
          }
        }
      }
      at = biasAt + layer.channels();
      maps = out;
    }
    FeatureMap last = SHAPE.maps().get(SHAPE.convolutions().size());
    double[] probabilities = new double[SHAPE.classes()];
    double total = 0;
    for (int c = 0; c < SHAPE.classes(); c++) {
      double sum = weights[at + SHAPE.classes() * last.size() + c];
      for (int i = 0; i < last.size(); i++) {
        int plane = last.bands() * last.frames();
        double value = maps[i / plane][i % plane / last.frames()][i % last.frames()];
        sum += weights[at + c * last.size() + i] * value;
      }
      probabilities[c] = Math.exp(sum);
      total += probabilities[c];
    }
    for (int c = 0; c < SHAPE.classes(); c++) {
      probabilities[c] /= total;
    }
    return probabilities;
  }
}
