package org.digitstream.inference.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.inference.model.Window;
import org.digitstream.inference.model.WindowSequence;
import org.digitstream.inference.model.dl4j.Dl4jClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelClassifierTest {
  private static final int BANDS = FeatureSpec.WIDEBAND.bands();
  private static final float SILENCE = FeatureSpec.WIDEBAND.silence();

  static Stream<ModelBundle> models() {
    return Stream.of(
        ModelFixtures.smallModel(3),
        ModelFixtures.smallStringModel(3),
        ModelFixtures.smallJudgedModel(3),
        ModelFixtures.smallPictureModel(3),
        leavesFramesOut(),
        BundledModel.WORDS.load(),
        BundledModel.STRINGS.load());
  }

  /** Kernels narrower than their strides. */
  private static ModelBundle leavesFramesOut() {
    TemporalShape shape =
        new TemporalShape(
            BANDS,
            List.of(new Convolution(2, 3, 6), new Convolution(1, 2, 5), new Convolution(3, 1, 4)),
            ModelBundle.LABELS.size());
    return new ModelBundle(
        "leaves-frames-out",
        FeatureSpec.WIDEBAND,
        ModelFixtures.normalization(),
        shape,
        3,
        2,
        ModelFixtures.SPOTTER,
        ModelFixtures.someWeights(shape.parameterCount(), 5),
        ModelFixtures.PROVENANCE);
  }

  @ParameterizedTest
  @MethodSource("models")
  void probabilitiesAreThoseOfDl4j(ModelBundle model) {
    try (KernelClassifier kernel = KernelClassifier.load(model);
        Dl4jClassifier dl4j = Dl4jClassifier.load(model)) {
      for (int seed = 0; seed < 5; seed++) {
        float[] window = speech(model.geometry().windowFrames(), seed);

        Activations found = kernel.activations(window);

        Activations expected = dl4j.activations(window);
        assertClose(found.probabilities(), expected.probabilities(), 2e-5f);
        assertClose(found.hidden(), expected.hidden(), 1e-3f);
      }
    }
  }

  private static void assertClose(float[] found, float[] expected, float most) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(most));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aSequenceGivesTheBitsOfEachWindowAlone(ModelBundle model) {
    int windowFrames = model.geometry().windowFrames();
    int blockFrames = model.geometry().blockFrames();
    float[] stream = speech(windowFrames + 40 * blockFrames, 7);
    // Silence before a stream, and in it.
    Arrays.fill(stream, 0, Math.max(1, windowFrames - 2 * blockFrames + 1) * BANDS, SILENCE);
    Arrays.fill(stream, (windowFrames + 9) * BANDS, (windowFrames + 30) * BANDS, SILENCE);
    try (KernelClassifier kernel = KernelClassifier.load(model);
        KernelClassifier other = KernelClassifier.load(model)) {
      for (int begin : new int[] {0, 1, 2, 3, 9, 25}) {
        WindowSequence sequence = kernel.sequence();
        for (int block = begin; block < 40; block++) {
          float[] window = window(stream, block * blockFrames, windowFrames);
          Activations next = sequence.next(Window.of(window, BANDS));
          Activations alone = other.activations(window);
          assertThat(next.probabilities()).isEqualTo(alone.probabilities());
          assertThat(next.hidden()).isEqualTo(alone.hidden());
        }
      }
    }
  }

  @Test
  void sequencesOfOneClassifierDoNotDisturbEachOther() {
    ModelBundle model = ModelFixtures.smallStringModel(3);
    int windowFrames = model.geometry().windowFrames();
    int blockFrames = model.geometry().blockFrames();
    float[] one = speech(windowFrames + 10 * blockFrames, 1);
    float[] two = speech(windowFrames + 10 * blockFrames, 2);
    try (KernelClassifier shared = KernelClassifier.load(model);
        KernelClassifier alone = KernelClassifier.load(model)) {
      WindowSequence first = shared.sequence();
      WindowSequence second = shared.sequence();
      for (int block = 0; block < 10; block++) {
        float[] ofOne = window(one, block * blockFrames, windowFrames);
        float[] ofTwo = window(two, block * blockFrames, windowFrames);
        assertThat(first.next(Window.of(ofOne, BANDS)).probabilities())
            .isEqualTo(alone.classify(ofOne));
        assertThat(second.next(Window.of(ofTwo, BANDS)).probabilities())
            .isEqualTo(alone.classify(ofTwo));
      }
    }
  }

  /** Sums, in Java, are defined to the bit: what is kept here must hold on every machine. */
  @Test
  void theBitsAreTheSameOnEveryMachine() {
    assertThat(checksum(BundledModel.STRINGS.load())).isEqualTo(2819941998L);
  }

  @Test
  void aWindowOfAnotherSizeIsRefused() {
    ModelBundle model = ModelFixtures.smallModel(3);
    try (KernelClassifier kernel = KernelClassifier.load(model)) {
      String frames = Integer.toString(model.geometry().windowFrames());
      assertThatThrownBy(() -> kernel.classify(new float[BANDS]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(frames);
      assertThatThrownBy(() -> kernel.sequence().next(Window.of(new float[BANDS], BANDS)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(frames);
    }
  }

  private static long checksum(ModelBundle model) {
    float[] probabilities;
    try (KernelClassifier kernel = KernelClassifier.load(model)) {
      probabilities = kernel.classify(speech(model.geometry().windowFrames(), 11));
    }
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * probabilities.length);
    bytes.asFloatBuffer().put(probabilities);
    CRC32 checksum = new CRC32();
    checksum.update(bytes.array());
    return checksum.getValue();
  }

  private static float[] window(float[] stream, int firstFrame, int frames) {
    return Arrays.copyOfRange(stream, firstFrame * BANDS, (firstFrame + frames) * BANDS);
  }

  /** Frames whose bands go up and down, each on its own, as far as speech does. */
  private static float[] speech(int frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[frames * BANDS];
    float[] level = new float[BANDS];
    Arrays.fill(level, -8);
    for (int i = 0; i < values.length; i++) {
      int band = i % BANDS;
      level[band] = (float) (-8 + 0.9 * (level[band] + 8) + 3 * (random.nextDouble() - 0.5) * 2);
      values[i] = level[band];
    }
    return values;
  }
}
