package org.digitstream.inference.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEvent;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.SingleWords;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.PeakSettings;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WordParts;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What released versions have stored of a stream, in the middle of a word, in {@code
 * src/test/resources/state}: every later version goes on from it as if nothing had been. A file
 * there is never changed or removed. A new format gets new files, {@code *-v2.txt}, and new rows in
 * {@link #todaysFormat}; the rows of older formats stay in {@link #everyFormat}. What today's
 * program stores is written to {@code target/state}.
 *
 * <p>The classifiers are no networks, so that the files hold for every engine.
 */
class KeptStateTest {
  /**
   * A stream that was interrupted.
   *
   * @param file what was stored of it
   * @param model the model
   * @param classifiers run it
   * @param frames the whole stream's
   * @param interruptedAt how many of them had come
   */
  record Kept(
      String file,
      ModelBundle model,
      Supplier<? extends WindowClassifier> classifiers,
      float[] frames,
      int interruptedAt) {
    @Override
    public String toString() {
      return file;
    }

    int frameCount() {
      return frames.length / model.featureSpec().bands();
    }
  }

  static List<Kept> todaysFormat() {
    return List.of(
        new Kept("runs-v1.txt", Speech.MODEL, Speech.Listener::new, Speech.frames(7, 7, 0), 127),
        new Kept("onsets-v1.txt", SingleWords.MODEL, Bars::new, SingleWords.frames(3, 9, 9), 131),
        new Kept("peaks-v1.txt", PEAKS, () -> new LoudestBand(PEAKS), pictures(4, 4, 1), 133),
        new Kept("strings-v1.txt", STRINGS, () -> new Parts(STRINGS), string(2, 2, 8, 5, 1), 100));
  }

  static List<Kept> everyFormat() {
    return todaysFormat();
  }

  private static final ModelBundle PEAKS =
      ModelFixtures.smallPictureModel(1)
          .withSpotter(new PeakSettings(2, 0.1f, 0.5f, 2, 0.5f, 0.5f, 5));
  private static final ModelBundle STRINGS = ModelFixtures.smallStringModel(1);

  @ParameterizedTest
  @MethodSource("everyFormat")
  void aKeptStreamIsGoneOnWithToTheBit(Kept kept) throws Exception {
    List<StreamEvent> undisturbed;
    try (StreamBench bench = new StreamBench(kept.model(), kept.classifiers())) {
      bench.send(kept.frames(), 0, kept.frameCount(), 7);
      undisturbed = bench.events();
    }
    try (StreamBench bench = new StreamBench(kept.model(), kept.classifiers())) {
      bench.restore(read(kept.file()));
      bench.send(kept.frames(), kept.interruptedAt(), kept.frameCount(), 7);
      List<StreamEvent> rest = bench.events();

      assertThat(rest)
          .isEqualTo(undisturbed.subList(undisturbed.size() - rest.size(), undisturbed.size()));
      DigitEvent first = (DigitEvent) rest.get(0);
      assertThat(first.startSample())
          .as("the word that was being said")
          .isLessThan((long) kept.interruptedAt() * kept.model().featureSpec().hopSamples());
      assertThat(first.index()).isPositive();
      assertThat(bench.count(Meters.GAPS)).isZero();
      assertThat(bench.count(Meters.DUPLICATE)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("todaysFormat")
  void todaysProgramStoresTheKeptBytes(Kept kept) throws Exception {
    try (StreamBench bench = new StreamBench(kept.model(), kept.classifiers())) {
      bench.send(kept.frames(), 0, kept.interruptedAt(), 7);
      List<String> stored = bench.stored();
      Path written = Path.of("target", "state", kept.file());
      Files.createDirectories(written.getParent());
      Files.write(written, stored);

      assertThat(stored).isEqualTo(read(kept.file()));
    }
  }

  private static List<String> read(String file) throws IOException {
    try (InputStream in = KeptStateTest.class.getResourceAsStream("/state/" + file)) {
      assertThat(in).as("kept state %s", file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Words of 30 frames with 40 frames of silence around them; the digit is in every band. */
  private static float[] pictures(int... digits) {
    List<Integer> classes = new ArrayList<>();
    for (int digit : digits) {
      classes.addAll(Collections.nCopies(40, -20));
      classes.addAll(Collections.nCopies(30, digit));
    }
    classes.addAll(Collections.nCopies(40, -20));
    return frames(PEAKS, classes);
  }

  /** Words of 24 frames without a pause between them. */
  private static float[] string(int... digits) {
    List<Integer> classes = new ArrayList<>(Collections.nCopies(40, -5));
    for (int digit : digits) {
      for (int part = 0; part < WordParts.PARTS; part++) {
        classes.addAll(Collections.nCopies(8, WordParts.classOf(digit, part)));
      }
    }
    classes.addAll(Collections.nCopies(40, -5));
    return frames(STRINGS, classes);
  }

  private static float[] frames(ModelBundle model, List<Integer> classes) {
    int bands = model.featureSpec().bands();
    float[] values = new float[classes.size() * bands];
    for (int frame = 0; frame < classes.size(); frame++) {
      Arrays.fill(values, frame * bands, (frame + 1) * bands, classes.get(frame) - 0.001f * frame);
      values[frame * bands] = classes.get(frame);
    }
    return values;
  }

  /** Hears the class in the first band; every bit of the window is in its probabilities. */
  private abstract static class Fake implements WindowClassifier {
    static float flavour(float[] window) {
      return 0.05f + (Arrays.hashCode(window) & 0xff) / 2560f;
    }

    @Override
    public String engineId() {
      return "kept";
    }

    @Override
    public void close() {}
  }

  /** A picture's frame before the look-ahead says which digit it is. */
  private static final class LoudestBand extends Fake {
    private final ModelBundle model;

    LoudestBand(ModelBundle model) {
      this.model = model;
    }

    @Override
    public float[] classify(float[] window) {
      int frame = model.geometry().windowFrames() - 1 - model.geometry().lookAheadFrames();
      float level = window[frame * model.featureSpec().bands()];
      float[] p = new float[ModelBundle.LABELS.size()];
      float rest = flavour(window);
      p[level < 0 ? 10 : (int) level] = 1 - rest;
      p[level < 0 ? 9 : 10] = rest;
      return p;
    }
  }

  /** As the frames of each output say, by thirds of words. */
  private static final class Parts extends Fake {
    private final ModelBundle model;

    Parts(ModelBundle model) {
      this.model = model;
    }

    @Override
    public float[] classify(float[] window) {
      var geometry = model.geometry();
      float rest = flavour(window);
      float[] p = new float[geometry.outputsPerBlock() * WordParts.CLASSES];
      for (int output = 0; output < geometry.outputsPerBlock(); output++) {
        int frame =
            geometry.windowFrames()
                - 1
                - (geometry.outputsPerBlock() - 1 - output) * geometry.strideFrames()
                - geometry.lookAheadFrames();
        float level = window[frame * model.featureSpec().bands()];
        int from = output * WordParts.CLASSES;
        Arrays.fill(p, from, from + WordParts.CLASSES, rest / WordParts.CLASSES);
        p[from + (level < 0 ? WordParts.SILENCE : (int) level)] += 1 - rest;
      }
      return p;
    }
  }

  /** Hears in the picture of a word which of the bars of {@link SingleWords} is loudest. */
  private static final class Bars extends Fake {
    @Override
    public float[] classify(float[] window) {
      float[] sums = new float[ModelBundle.DIGITS.size()];
      for (int i = 0; i < window.length; i++) {
        int bar = (i % SingleWords.BANDS - 12) / 4;
        if (i % SingleWords.BANDS >= 12 && bar < sums.length) {
          sums[bar] += window[i];
        }
      }
      int best = 0;
      for (int digit = 1; digit < sums.length; digit++) {
        best = sums[digit] > sums[best] ? digit : best;
      }
      float rest = flavour(window);
      float[] p = new float[sums.length];
      Arrays.fill(p, rest / (p.length - 1));
      p[best] = 1 - rest;
      return p;
    }
  }
}
