package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.PeakSettings;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.WindowClassifier;
import org.junit.jupiter.api.Test;

/** A network of pictures with a class for what is no digit, listened to all the time. */
class PictureStreamTest {
  private static final ModelBundle MODEL = ModelFixtures.smallPictureModel(1);
  private static final StreamGeometry GEOMETRY = MODEL.geometry();
  private static final int BANDS = MODEL.featureSpec().bands();

  /** Hears a digit where a picture's frame that it speaks of is not silent; keeps the pictures. */
  private static final class Listener implements WindowClassifier {
    private final List<float[]> pictures = new ArrayList<>();

    @Override
    public float[] classify(float[] window) {
      pictures.add(window.clone());
      int frame = GEOMETRY.windowFrames() - 1 - GEOMETRY.lookAheadFrames();
      float level = window[frame * BANDS];
      float[] p = new float[ModelBundle.LABELS.size()];
      p[level < 0 ? 10 : (int) level] = 0.9f;
      p[level < 0 ? 9 : 10] = 0.1f;
      return p;
    }

    @Override
    public String engineId() {
      return "listener";
    }

    @Override
    public void close() {}
  }

  @Property(tries = 30)
  void onePictureEndsWithEachBlockForEveryWayOfCutting(
      @ForAll @IntRange(min = 1, max = 60) int most, @ForAll @IntRange(max = 999) int seed) {
    int frames = 200;
    float[] values = new float[frames * BANDS];
    Arrays.fill(values, -20);
    for (int word : new int[] {30, 110}) {
      for (int frame = word; frame < word + 40; frame++) {
        values[frame * BANDS] = 3 + frame * 1e-3f;
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    Listener listener = new Listener();
    StreamRecognizer recognizer = new StreamRecognizer(MODEL, listener);
    List<Detection> digits = new ArrayList<>();
    for (int at = 0; at < frames; ) {
      int next = Math.min(frames, at + 1 + random.nextInt(most));
      digits.addAll(
          recognizer.accept(at, Arrays.copyOfRange(values, at * BANDS, next * BANDS)).digits());
      at = next;
    }

    assertThat(listener.pictures).hasSize(frames / GEOMETRY.strideFrames());
    for (int block = 3; block < listener.pictures.size(); block++) {
      int end = (block + 1) * GEOMETRY.strideFrames();
      assertThat(listener.pictures.get(block))
          .isEqualTo(
              Arrays.copyOfRange(values, (end - GEOMETRY.windowFrames()) * BANDS, end * BANDS));
    }
    assertThat(digits).extracting(Detection::digit).containsExactly(3, 3);
    int slack = GEOMETRY.strideFrames() * 160;
    assertThat(digits.get(1).startSample()).isBetween(110 * 160L - slack, 110 * 160L + slack + 256);
    assertThat(digits.get(1).endSample()).isBetween(150 * 160L - slack, 150 * 160L + slack + 256);
  }

  /** Hears a digit for three times the look-ahead after a word. */
  private static final class EndListener implements WindowClassifier {
    @Override
    public float[] classify(float[] window) {
      float[] p = new float[ModelBundle.LABELS.size()];
      int silent = 0;
      int frame = GEOMETRY.windowFrames() - 1;
      while (frame >= 0 && window[frame * BANDS] < 0) {
        silent++;
        frame--;
      }
      int from = GEOMETRY.lookAheadFrames();
      p[frame >= 0 && silent > 0 && silent <= 3 * from ? 3 : 10] = 0.9f;
      return p;
    }

    @Override
    public String engineId() {
      return "end-listener";
    }

    @Override
    public void close() {}
  }

  @Test
  void aWordThatEndsWithTheStreamIsAsSureAsOneInTheMiddle() {
    ModelBundle peaks = MODEL.withSpotter(new PeakSettings(2, 0.1f, 0.5f, 2, 0.5f, 0.5f, 5));
    float[] values = new float[60 * BANDS];
    Arrays.fill(values, -20);
    for (int frame = 40; frame < 60; frame++) {
      values[frame * BANDS] = 3;
    }
    StreamRecognizer recognizer = new StreamRecognizer(peaks, new EndListener());

    assertThat(recognizer.accept(0, values).digits()).isEmpty();
    assertThat(recognizer.finish().digits())
        .singleElement()
        .satisfies(digit -> assertThat(digit.digit()).isEqualTo(3))
        .satisfies(digit -> assertThat(digit.confidence()).isGreaterThan(0.89f));
  }
}
