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
import org.junit.jupiter.api.Test;

class StreamRecognizerTest {
  private static final ModelBundle MODEL = ModelFixtures.smallModel(1);
  private static final StreamGeometry GEOMETRY = MODEL.geometry();
  private static final int BANDS = MODEL.featureSpec().bands();

  /**
   * Hears the digit d where the first band of the frame that an output speaks of is d; anything
   * below 0 is no digit. A hash of the whole window goes into the confidence, so that a frame out
   * of place anywhere is seen.
   */
  private static final class LevelClassifier implements WindowClassifier {
    @Override
    public float[] classify(float[] window) {
      assertThat(window).hasSize(GEOMETRY.windowFrames() * BANDS);
      float trace = (Arrays.hashCode(window) & 0xff) / 2560f;
      int classes = ModelBundle.LABELS.size();
      float[] p = new float[GEOMETRY.outputsPerBlock() * classes];
      for (int output = 0; output < GEOMETRY.outputsPerBlock(); output++) {
        int frame =
            GEOMETRY.windowFrames()
                - 1
                - (GEOMETRY.outputsPerBlock() - 1 - output) * GEOMETRY.strideFrames()
                - GEOMETRY.lookAheadFrames();
        float level = window[frame * BANDS];
        int heard = level < 0 ? 10 : (int) level;
        p[output * classes + heard] = 1 - trace;
        p[output * classes + (heard + 1) % 10] += trace;
      }
      return p;
    }

    @Override
    public String engineId() {
      return "levels";
    }

    @Override
    public void close() {}
  }

  private static float[] frames(int... levels) {
    float[] values = new float[levels.length * BANDS];
    for (int frame = 0; frame < levels.length; frame++) {
      for (int band = 0; band < BANDS; band++) {
        values[frame * BANDS + band] = band == 0 ? levels[frame] : frame * 0.01f + band;
      }
    }
    return values;
  }

  private static int[] someSpeech(long seed, int frames) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] levels = new int[frames];
    Arrays.fill(levels, -5);
    int at = random.nextInt(10);
    while (at < frames) {
      int digit = random.nextInt(10);
      int end = Math.min(frames, at + 10 + random.nextInt(30));
      Arrays.fill(levels, at, end, digit);
      at = end + 10 + random.nextInt(30);
    }
    return levels;
  }

  private static StreamRecognizer recognizer() {
    return new StreamRecognizer(MODEL, new LevelClassifier());
  }

  private static FramesHeard heard(float[] values) {
    return new FramesHeard(MODEL, new LevelClassifier(), values);
  }

  @Test
  void digitsAreReportedWhereTheyAre() {
    int[] levels = new int[200];
    Arrays.fill(levels, -5);
    Arrays.fill(levels, 40, 70, 7);
    Arrays.fill(levels, 100, 130, 7);

    List<Detection> digits = heard(frames(levels)).inOnePiece();

    assertThat(digits).extracting(Detection::digit).containsExactly(7, 7);
    assertThat(digits).extracting(Detection::index).containsExactly(0L, 1L);
    assertThat(digits.get(0).startSample()).isBetween(40 * 160L, 42 * 160L + 256);
    assertThat(digits.get(0).endSample()).isBetween(68 * 160L, 72 * 160L + 256);
    assertThat(digits.get(0).neededSample()).isGreaterThan(digits.get(0).endSample());
    assertThat(digits.get(0).runnersUp()).hasSize(3);
  }

  @Property(tries = 60)
  void digitsAreTheSameBitsForEveryWayOfCutting(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @IntRange(min = 1, max = 50) int most) {
    FramesHeard heard = heard(frames(someSpeech(seed, 331)));
    List<Detection> digits = heard.inPieces(new SplittableRandom(seed), most);

    assertThat(digits).isNotEmpty();
    // What had to come before a digit is told by the block it was decided in, so it is equal too.
    assertThat(digits).isEqualTo(heard.inOnePiece());
  }

  @Property(tries = 60)
  void aResumedRecognizerGoesOnWithTheSameBits(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int most) {
    FramesHeard heard = heard(frames(someSpeech(seed, 293)));
    FramesHeard.AfterCrashes after = heard.withCrashes(new SplittableRandom(seed), most);

    assertThat(after.blocks()).isLessThanOrEqualTo(recognizer().blockCapacity());
    assertThat(after.digits()).isEqualTo(heard.inOnePiece());
  }

  @Test
  void framesThatWereSeenBeforeAreDroppedAndCounted() {
    float[] values = frames(someSpeech(3, 120));
    StreamRecognizer recognizer = recognizer();
    List<Detection> digits = new ArrayList<>();
    digits.addAll(recognizer.accept(0, Arrays.copyOf(values, 70 * BANDS)).digits());
    Recognition again = recognizer.accept(0, Arrays.copyOf(values, 70 * BANDS));
    assertThat(again.duplicateFrames()).isEqualTo(70);
    assertThat(again.outputs()).isEmpty();
    assertThat(recognizer.changedBlocks()).isEmpty();
    Recognition overlap =
        recognizer.accept(50, Arrays.copyOfRange(values, 50 * BANDS, 120 * BANDS));
    assertThat(overlap.duplicateFrames()).isEqualTo(20);
    digits.addAll(again.digits());
    digits.addAll(overlap.digits());
    digits.addAll(recognizer.finish().digits());

    assertThat(digits).isEqualTo(heard(values).inOnePiece());
  }

  @Test
  void aGapIsCountedEndsWhatWasSaidAndHidesNothingAfterIt() {
    int[] before = new int[60];
    Arrays.fill(before, -5);
    Arrays.fill(before, 30, 60, 4);
    int[] after = new int[80];
    Arrays.fill(after, -5);
    Arrays.fill(after, 20, 50, 9);
    StreamRecognizer recognizer = recognizer();
    List<Detection> digits = new ArrayList<>(recognizer.accept(0, frames(before)).digits());
    Recognition recognition = recognizer.accept(1003, frames(after));
    digits.addAll(recognition.digits());
    digits.addAll(recognizer.finish().digits());

    assertThat(recognition.gapFrames()).isEqualTo(943);
    assertThat(digits).extracting(Detection::digit).containsExactly(4, 9);
    assertThat(digits.get(0).endSample()).isLessThan(64 * 160 + 512);
    assertThat(digits.get(1).startSample()).isBetween(1022 * 160L, 1025 * 160L + 512);
  }

  @Test
  void aGapAloneIsNoDigit() {
    StreamRecognizer recognizer = recognizer();
    int[] silence = new int[50];
    Arrays.fill(silence, -5);
    List<Detection> digits = new ArrayList<>(recognizer.accept(0, frames(silence)).digits());
    digits.addAll(recognizer.accept(500, frames(silence)).digits());
    digits.addAll(recognizer.finish().digits());

    assertThat(digits).isEmpty();
  }

  @Test
  void anEmptyStreamHasNoDigits() {
    assertThat(recognizer().finish().digits()).isEmpty();
    assertThat(recognizer().finish().outputs()).isEmpty();
  }

  @Test
  void aCursorOfAnotherVersionIsRefused() {
    byte[] cursor = recognizer().cursor();
    assertThat(cursor.length).isLessThan(120);
    cursor[0] = 99;
    assertThatThrownBy(
            () -> StreamRecognizer.resume(MODEL, new LevelClassifier(), cursor, index -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version");
  }
}
