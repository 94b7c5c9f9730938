package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WordParts;
import org.junit.jupiter.api.Test;

/** Strings of digits through the recognizer of a stream. */
class StringStreamTest {
  private static final ModelBundle MODEL = ModelFixtures.smallStringModel(1);
  private static final StreamGeometry GEOMETRY = MODEL.geometry();
  private static final int BANDS = MODEL.featureSpec().bands();
  private static final int PART_FRAMES = 8;

  /**
   * Hears the class whose number is in the first band of the frame that an output speaks of;
   * anything below 0 is silence. A hash of the whole window goes into the probabilities, so that a
   * frame out of place anywhere is seen.
   */
  private static final class PartsClassifier implements WindowClassifier {
    @Override
    public float[] classify(float[] window) {
      assertThat(window).hasSize(GEOMETRY.windowFrames() * BANDS);
      float trace = 0.05f + (Arrays.hashCode(window) & 0xff) / 2560f;
      float[] p = new float[GEOMETRY.outputsPerBlock() * WordParts.CLASSES];
      for (int output = 0; output < GEOMETRY.outputsPerBlock(); output++) {
        int frame =
            GEOMETRY.windowFrames()
                - 1
                - (GEOMETRY.outputsPerBlock() - 1 - output) * GEOMETRY.strideFrames()
                - GEOMETRY.lookAheadFrames();
        float level = window[frame * BANDS];
        int from = output * WordParts.CLASSES;
        Arrays.fill(p, from, from + WordParts.CLASSES, trace / WordParts.CLASSES);
        p[from + (level < 0 ? WordParts.SILENCE : (int) level)] += 1 - trace;
      }
      return p;
    }

    @Override
    public String engineId() {
      return "parts";
    }

    @Override
    public void close() {}
  }

  /** Frames in which words are said without pauses, after and before a pause. */
  private static float[] saying(int... words) {
    int pause = 40;
    int[] classes = new int[2 * pause + words.length * WordParts.PARTS * PART_FRAMES];
    Arrays.fill(classes, -5);
    int at = pause;
    for (int word : words) {
      for (int part = 0; part < WordParts.PARTS; part++) {
        Arrays.fill(classes, at, at + PART_FRAMES, WordParts.classOf(word, part));
        at += PART_FRAMES;
      }
    }
    return frames(classes);
  }

  private static float[] frames(int... classes) {
    float[] values = new float[classes.length * BANDS];
    for (int frame = 0; frame < classes.length; frame++) {
      for (int band = 0; band < BANDS; band++) {
        values[frame * BANDS + band] = band == 0 ? classes[frame] : frame * 0.01f + band;
      }
    }
    return values;
  }

  private static float[] someString(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return saying(random.ints(1 + random.nextInt(8), 0, WordParts.WORDS).toArray());
  }

  private static StreamRecognizer recognizer() {
    return new StreamRecognizer(MODEL, new PartsClassifier());
  }

  private static FramesHeard heard(float[] values) {
    return new FramesHeard(MODEL, new PartsClassifier(), values);
  }

  @Test
  void doubledAndGaplessDigitsAreOneEach() {
    assertThat(heard(saying(7, 7)).inOnePiece()).extracting(Detection::digit).containsExactly(7, 7);
    assertThat(heard(saying(1, 2, 3, 4, 5)).inOnePiece())
        .extracting(Detection::digit)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(heard(saying(5, 5, 5, 1, 2, 3, 4)).inOnePiece())
        .extracting(Detection::digit)
        .containsExactly(5, 5, 5, 1, 2, 3, 4);
    assertThat(heard(saying(WordParts.word(0, true), 0)).inOnePiece())
        .extracting(Detection::digit)
        .containsExactly(0, 0);
  }

  @Test
  void eachSpansItsWord() {
    List<Detection> digits = heard(saying(3, 9)).inOnePiece();
    int hop = MODEL.featureSpec().hopSamples();
    assertThat(digits.get(0).startSample()).isBetween(38L * hop, 43L * hop);
    assertThat(digits.get(0).endSample()).isBetween(62L * hop, 67L * hop);
    assertThat(digits.get(1).startSample()).isEqualTo(digits.get(0).endSample());
    assertThat(digits.get(0).neededSample()).isLessThan(80L * hop);
  }

  @Test
  void aDigitCutByTheEndOfTheStreamIsFoundWhereMostOfItIsThere() {
    float[] whole = saying(4, 6);
    int heardFrames = 40 + 2 * WordParts.PARTS * PART_FRAMES - 3;

    assertThat(heard(Arrays.copyOf(whole, heardFrames * BANDS)).inOnePiece())
        .extracting(Detection::digit)
        .containsExactly(4, 6);
  }

  @Test
  void aGapIsNoDigitAndHidesNoneThatIsWhole() {
    float[] before = saying(4, 6);
    StreamRecognizer recognizer = recognizer();
    List<Detection> digits = new ArrayList<>();
    // The second word is broken off in its first third.
    int cut = 40 + WordParts.PARTS * PART_FRAMES + 5;
    digits.addAll(recognizer.accept(0, Arrays.copyOf(before, cut * BANDS)).digits());
    digits.addAll(recognizer.accept(500, saying(8)).digits());
    digits.addAll(recognizer.finish().digits());

    assertThat(digits).extracting(Detection::digit).containsExactly(4, 8);
    assertThat(digits).extracting(Detection::index).containsExactly(0L, 1L);
  }

  @Test
  void whatTheNetworkGivesOutIsToldOfDigits() {
    Recognition recognition = recognizer().accept(0, saying(4));
    assertThat(recognition.outputs())
        .isNotEmpty()
        .allSatisfy(
            output ->
                assertThat(output.probabilities())
                    .hasSize(GEOMETRY.outputsPerBlock() * ModelBundle.LABELS.size()));
  }

  @Property(tries = 60)
  void digitsAreTheSameBitsForEveryWayOfCutting(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @IntRange(min = 1, max = 50) int most) {
    FramesHeard heard = heard(someString(seed));
    List<Detection> digits = heard.inPieces(new SplittableRandom(seed), most);

    assertThat(digits).isNotEmpty();
    assertThat(digits).isEqualTo(heard.inOnePiece());
  }

  @Property(tries = 60)
  void aResumedRecognizerGoesOnWithTheSameBits(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int most) {
    FramesHeard heard = heard(someString(seed));
    FramesHeard.AfterCrashes after = heard.withCrashes(new SplittableRandom(seed), most);

    assertThat(after.blocks()).isLessThanOrEqualTo(recognizer().blockCapacity());
    assertThat(after.digits()).isEqualTo(heard.inOnePiece());
    assertThat(after.longestCursorBytes()).isLessThan(4096);
  }

  @Test
  void aCursorThatIsBrokenIsRefused() {
    byte[] cursor = recognizer().cursor();
    for (byte[] broken :
        List.of(
            Arrays.copyOf(cursor, cursor.length - 1), Arrays.copyOf(cursor, cursor.length + 1))) {
      assertThatThrownBy(
              () -> StreamRecognizer.resume(MODEL, new PartsClassifier(), broken, index -> null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor");
    }
  }
}
