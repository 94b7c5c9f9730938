package org.digitstream.inference.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.TemporalShape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class Dl4jClassifierTest {
  private static final ModelBundle MODEL = ModelFixtures.smallModel(3);
  private static final StreamGeometry GEOMETRY = MODEL.geometry();
  private static final int BANDS = MODEL.featureSpec().bands();
  private static final int CLASSES = ModelBundle.LABELS.size();

  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepareThread();
  }

  @Test
  void oneDnnIsActiveOnX86() {
    String architecture = System.getProperty("os.arch");
    assumeTrue(architecture.equals("amd64") || architecture.equals("x86_64"), architecture);
    MultiLayerNetwork network = TemporalNetwork.of(ModelFixtures.smallShape(), MODEL.weights());
    assertThat(TemporalNetwork.oneDnnActive(network)).isTrue();
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
    }
  }

  @Test
  void theSameWindowGivesTheSameBitsOnAnyThread() throws InterruptedException {
    float[] window = someWindow(5);
    try (Dl4jClassifier classifier = Dl4jClassifier.load(MODEL);
        Dl4jClassifier other = Dl4jClassifier.load(MODEL)) {
      float[] first = classifier.classify(window);
      classifier.classify(someWindow(6));
      AtomicReference<float[]> elsewhere = new AtomicReference<>();
      Thread thread = new Thread(() -> elsewhere.set(other.classify(window)));
      thread.start();
      thread.join();

      assertThat(classifier.classify(window)).isEqualTo(first);
      assertThat(elsewhere.get()).isEqualTo(first);
    }
  }

  @Test
  void aWindowOfAnotherSizeIsRefused() {
    try (Dl4jClassifier classifier = Dl4jClassifier.load(MODEL)) {
      assertThatThrownBy(() -> classifier.classify(new float[BANDS]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Integer.toString(GEOMETRY.windowFrames()));
    }
  }

  @Test
  void aNetworkHasTheWeightsItWasGiven() {
    MultiLayerNetwork network = TemporalNetwork.of(ModelFixtures.smallShape(), MODEL.weights());

    assertThat(TemporalNetwork.weights(network)).isEqualTo(MODEL.weights());
  }

  private static float[] someWindow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] window = new float[GEOMETRY.windowFrames() * BANDS];
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) (-23 + 20 * random.nextDouble());
    }
    return window;
  }

  /** The network in plain loops, from the definition in TemporalShape and the order in the file. */
  private static double[] reference(float[] window) {
    int length = GEOMETRY.windowFrames();
    double[][] signal = new double[BANDS][length];
    for (int band = 0; band < BANDS; band++) {
      for (int frame = 0; frame < length; frame++) {
        signal[band][frame] = MODEL.normalization().apply(window[frame * BANDS + band], band);
      }
    }
    float[] weights = MODEL.weights();
    int at = 0;
    for (TemporalShape.Convolution layer : ModelFixtures.smallShape().convolutions()) {
      int inputs = signal.length;
      int kernel = layer.kernelFrames();
      int outLength = (signal[0].length - kernel) / layer.stride() + 1;
      double[][] out = new double[layer.channels()][outLength];
      int biasAt = at + layer.channels() * inputs * kernel;
      for (int o = 0; o < layer.channels(); o++) {
        for (int t = 0; t < outLength; t++) {
          double sum = weights[biasAt + o];
          for (int i = 0; i < inputs; i++) {
            for (int k = 0; k < kernel; k++) {
              sum +=
                  weights[at + (o * inputs + i) * kernel + k] * signal[i][t * layer.stride() + k];
            }
          }
          out[o][t] = Math.max(0, sum);
        }
      }
      at = biasAt + layer.channels();
      signal = out;
    }
    int outputs = signal[0].length;
    double[] probabilities = new double[outputs * CLASSES];
    for (int t = 0; t < outputs; t++) {
      double total = 0;
      for (int c = 0; c < CLASSES; c++) {
        double sum = weights[at + CLASSES * signal.length + c];
        for (int i = 0; i < signal.length; i++) {
          sum += weights[at + c * signal.length + i] * signal[i][t];
        }
        probabilities[t * CLASSES + c] = Math.exp(sum);
        total += Math.exp(sum);
      }
      for (int c = 0; c < CLASSES; c++) {
        probabilities[t * CLASSES + c] /= total;
      }
    }
    return probabilities;
  }
}
