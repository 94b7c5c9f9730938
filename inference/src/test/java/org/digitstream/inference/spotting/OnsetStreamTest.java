package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.digitstream.inference.SingleWords.BANDS;
import static org.digitstream.inference.SingleWords.MODEL;
import static org.digitstream.inference.SingleWords.ONSET;
import static org.digitstream.inference.SingleWords.PICTURE_FRAMES;
import static org.digitstream.inference.SingleWords.SPEC;
import static org.digitstream.inference.SingleWords.WORD_FRAMES;
import static org.digitstream.inference.SingleWords.firstFrame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.digitstream.inference.SingleWords;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.Padding;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.junit.jupiter.api.Test;

/** A network that knows digits only, called once for each word that is found by its level. */
class OnsetStreamTest {
  private static final KernelClassifier NETWORK = KernelClassifier.load(MODEL);

  /** Keeps what it is shown. */
  private static final class Pictures implements WindowClassifier {
    private final List<float[]> shown = new ArrayList<>();
    private final float[] answer;

    Pictures(float... answer) {
      this.answer = answer;
    }

    @Override
    public float[] classify(float[] window) {
      shown.add(window.clone());
      return answer.clone();
    }

    @Override
    public String engineId() {
      return "pictures";
    }

    @Override
    public void close() {}
  }

  private static Pictures certainOf(int digit) {
    float[] answer = new float[10];
    answer[digit] = 1;
    return new Pictures(answer);
  }

  private static List<Detection> whole(
      ModelBundle model, WindowClassifier network, float[] frames) {
    return new FramesHeard(model, network, frames).inOnePiece();
  }

  private static float[] part(float[] frames, int from, int to) {
    return Arrays.copyOfRange(frames, from * BANDS, to * BANDS);
  }

  /** Words of any length at any distance in noise that changes. */
  private static float[] someSpeech(long seed, int frames) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = SingleWords.noise(frames, seed);
    for (int at = random.nextInt(30); at < frames; at += 5 + random.nextInt(60)) {
      int length = Math.min(4 + random.nextInt(90), frames - at);
      SingleWords.put(values, at, length, random.nextInt(10));
      at += length;
    }
    return values;
  }

  @Test
  void eachWordIsHeardOnceWhereItIs() {
    int[] said = {3, 3, 0, 9, 7, 1, 2, 4, 5, 6, 8};
    List<Detection> digits = whole(MODEL, NETWORK, SingleWords.frames(said));
    assertThat(digits)
        .extracting(Detection::digit)
        .containsExactly(Arrays.stream(said).boxed().toArray(Integer[]::new));
    for (int word = 0; word < said.length; word++) {
      Detection digit = digits.get(word);
      int first = firstFrame(word);
      assertThat(digit.index()).isEqualTo(word);
      assertThat(digit.startSample()).isEqualTo(256L * first + 512 - 128);
      assertThat(digit.endSample()).isEqualTo(256L * (first + WORD_FRAMES - 1) + 512 + 128);
      assertThat(digit.neededSample())
          .isEqualTo(256L * (first + WORD_FRAMES - 1 + ONSET.releaseFrames()) + 1024);
      assertThat(digit.confidence()).isBetween(0.5f, 1f);
      assertThat(digit.runnersUp()).hasSize(3);
    }
  }

  @Test
  void thePictureBeginsWithTheWordAndIsPaddedAfterItsEnd() {
    float[] frames = SingleWords.frames(4);
    Pictures pictures = certainOf(4);
    whole(MODEL, pictures, frames);

    float[] expected = new float[PICTURE_FRAMES * BANDS];
    Arrays.fill(expected, -45);
    System.arraycopy(frames, firstFrame(0) * BANDS, expected, 0, WORD_FRAMES * BANDS);
    assertThat(pictures.shown).hasSize(1);
    assertThat(pictures.shown.get(0)).isEqualTo(expected);
  }

  @Test
  void aMarginThatTheStreamDoesNotHaveIsPadding() {
    OnsetSettings margin =
        new OnsetSettings(-40, 12, 8, 0.03f, 3, 4, 14, 6, 5, new Padding(-20, 20), 0.5f);
    float[] frames = part(SingleWords.frames(4), firstFrame(0) - 2, firstFrame(0) + 60);
    Pictures pictures = certainOf(4);
    whole(SingleWords.model(margin), pictures, frames);

    float[] picture = pictures.shown.get(0);
    float[] padding = margin.padding().picture(PICTURE_FRAMES * BANDS);
    assertThat(part(picture, 0, 3)).isEqualTo(part(padding, 0, 3));
    assertThat(part(picture, 3, 5 + WORD_FRAMES)).isEqualTo(part(frames, 0, 2 + WORD_FRAMES));
    assertThat(part(picture, 5 + WORD_FRAMES, PICTURE_FRAMES))
        .isEqualTo(part(padding, 5 + WORD_FRAMES, PICTURE_FRAMES));
  }

  @Test
  void whatIsNotLikelyEnoughOrNoDigitIsNotReported() {
    float[] frames = SingleWords.frames(1);
    float[] doubt = new float[10];
    Arrays.fill(doubt, 0.1f);
    doubt[7] = 0.49f;
    assertThat(whole(MODEL, new Pictures(doubt), frames)).isEmpty();
    doubt[7] = 0.5f;
    assertThat(whole(MODEL, new Pictures(doubt), frames))
        .extracting(Detection::digit)
        .containsExactly(7);
    float[] other = new float[11];
    other[7] = 0.5f;
    other[10] = 0.6f;
    assertThat(whole(MODEL, new Pictures(other), frames)).isEmpty();
  }

  @Property(tries = 60)
  void digitsAreTheSameBitsForEveryWayOfCutting(
      @ForAll @LongRange(max = 10_000) long seed, @ForAll @IntRange(min = 1, max = 80) int most) {
    FramesHeard heard = new FramesHeard(MODEL, NETWORK, someSpeech(seed, 500));

    assertThat(heard.inPieces(new SplittableRandom(seed), most))
        .isNotEmpty()
        .isEqualTo(heard.inOnePiece());
  }

  @Property(tries = 60)
  void aResumedRecognizerGoesOnWithTheSameBits(
      @ForAll @LongRange(max = 10_000) long seed, @ForAll @IntRange(min = 1, max = 40) int most) {
    FramesHeard heard = new FramesHeard(MODEL, NETWORK, someSpeech(seed, 400));
    FramesHeard.AfterCrashes after = heard.withCrashes(new SplittableRandom(seed), most);

    assertThat(after.longestCursorBytes()).isLessThan(120);
    assertThat(after.blocks())
        .isLessThanOrEqualTo(new StreamRecognizer(MODEL, NETWORK).blockCapacity());
    assertThat(after.digits()).isNotEmpty().isEqualTo(heard.inOnePiece());
  }

  @Test
  void framesThatWereSeenBeforeAreDroppedAndCounted() {
    float[] frames = SingleWords.frames(2, 8);
    int middle = firstFrame(0) + 10;
    StreamRecognizer recognizer = new StreamRecognizer(MODEL, NETWORK);
    List<Detection> digits = new ArrayList<>();
    digits.addAll(recognizer.accept(0, part(frames, 0, middle)).digits());
    Recognition overlap =
        recognizer.accept(middle - 7, part(frames, middle - 7, frames.length / BANDS));
    digits.addAll(overlap.digits());
    digits.addAll(recognizer.finish().digits());

    assertThat(overlap.duplicateFrames()).isEqualTo(7);
    assertThat(overlap.outputs()).hasSize(2);
    assertThat(digits).isEqualTo(whole(MODEL, NETWORK, frames));
  }

  @Test
  void aGapEndsTheWordBeforeItAndWhatFollowsStartsAnew() {
    float[] frames = SingleWords.frames(2);
    float[] cut = part(frames, 0, firstFrame(0) + 20);
    StreamRecognizer recognizer = new StreamRecognizer(MODEL, NETWORK);
    assertThat(recognizer.accept(0, cut).digits()).isEmpty();
    Recognition after = recognizer.accept(5003, SingleWords.frames(9));
    List<Detection> digits = new ArrayList<>(after.digits());
    digits.addAll(recognizer.finish().digits());

    assertThat(after.gapFrames()).isEqualTo(5003 - (firstFrame(0) + 20));
    assertThat(digits).extracting(Detection::digit).containsExactly(2, 9);
    // The word before the gap is what the end of a stream would have made of it.
    assertThat(digits.get(0)).isEqualTo(whole(MODEL, NETWORK, cut).get(0));
    Detection alone = whole(MODEL, NETWORK, SingleWords.frames(9)).get(0);
    assertThat(digits.get(1).confidence()).isEqualTo(alone.confidence());
    assertThat(digits.get(1).startSample())
        .isEqualTo(alone.startSample() + SPEC.firstSampleOfFrame(5003));
  }

  @Test
  void aStreamMayBeginWithAWordAndEndWithOne() {
    float[] frames = SingleWords.frames(6);
    assertThat(whole(MODEL, NETWORK, part(frames, firstFrame(0), firstFrame(0) + WORD_FRAMES)))
        .singleElement()
        .satisfies(
            digit -> {
              assertThat(digit.digit()).isEqualTo(6);
              assertThat(digit.startSample()).isEqualTo(512 - 128);
              assertThat(digit.neededSample()).isEqualTo(256L * (WORD_FRAMES - 1) + 1024);
            });
  }

  @Test
  void anEmptyStreamHasNoDigits() {
    assertThat(whole(MODEL, NETWORK, new float[0])).isEmpty();
    assertThat(whole(MODEL, NETWORK, SingleWords.noise(500, 3))).isEmpty();
  }
}
