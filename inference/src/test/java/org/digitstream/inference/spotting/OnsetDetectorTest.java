package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.Padding;
import org.junit.jupiter.api.Test;

class OnsetDetectorTest {
  private static final int PICTURE = 50;
  private static final int RELEASE = 8;
  private static final OnsetSettings SETTINGS =
      new OnsetSettings(-40, 12, 8, 0.05f, 3, 4, RELEASE, 6, 2, Padding.constant(-45), 0.5f);
  private static final float QUIET = -45;
  private static final float SOFT = -30;
  private static final float LOUD = -10;

  private static float[] quiet(int frames) {
    float[] levels = new float[frames];
    Arrays.fill(levels, QUIET);
    return levels;
  }

  private static OnsetDetector detector() {
    return new OnsetDetector(SETTINGS, PICTURE);
  }

  private static List<WordSpan> words(float[] levels) {
    OnsetDetector detector = detector();
    List<WordSpan> words = new ArrayList<>();
    for (int frame = 0; frame < levels.length; frame++) {
      detector.accept(frame, levels[frame]).ifPresent(words::add);
    }
    detector.finish(levels.length - 1).ifPresent(words::add);
    return words;
  }

  @Test
  void aWordIsFromItsFirstToItsLastAudibleFrame() {
    float[] levels = quiet(100);
    Arrays.fill(levels, 20, 40, LOUD);
    Arrays.fill(levels, 60, 75, LOUD);
    assertThat(words(levels))
        .containsExactly(new WordSpan(20, 39, 39 + RELEASE), new WordSpan(60, 74, 74 + RELEASE));
  }

  @Test
  void aSoftBeginningBelongsToTheWordAsFarAsTheLeadGoes() {
    float[] levels = quiet(100);
    Arrays.fill(levels, 23, 25, SOFT);
    Arrays.fill(levels, 25, 40, LOUD);
    assertThat(words(levels)).extracting(WordSpan::firstFrame).containsExactly(23L);
    Arrays.fill(levels, 15, 25, SOFT);
    assertThat(words(levels))
        .extracting(WordSpan::firstFrame)
        .containsExactly(25L - SETTINGS.leadFrames());
  }

  @Test
  void aSoftEndBelongsToTheWord() {
    float[] levels = quiet(100);
    Arrays.fill(levels, 20, 40, LOUD);
    Arrays.fill(levels, 40, 46, SOFT);
    assertThat(words(levels)).extracting(WordSpan::lastFrame).containsExactly(45L);
  }

  @Test
  void aClosureShorterThanTheReleaseDoesNotEndAWord() {
    float[] levels = quiet(100);
    Arrays.fill(levels, 20, 32, LOUD);
    Arrays.fill(levels, 32 + RELEASE - 1, 44, LOUD);
    assertThat(words(levels)).extracting(WordSpan::lastFrame).containsExactly(43L);
  }

  @Test
  void clicksAndWhatIsSoftAllAlongAreNoWords() {
    float[] levels = quiet(100);
    Arrays.fill(levels, 20, 22, LOUD);
    Arrays.fill(levels, 40, 45, LOUD);
    Arrays.fill(levels, 60, 80, SOFT);
    assertThat(words(levels)).isEmpty();
  }

  @Test
  void aLongWordIsDecidedWhenItsPictureIsFullAndHeardOnce() {
    float[] levels = quiet(200);
    Arrays.fill(levels, 20, 100, LOUD);
    Arrays.fill(levels, 130, 140, LOUD);
    long full = 20 - SETTINGS.marginFrames() + PICTURE - 1;
    assertThat(words(levels))
        .containsExactly(new WordSpan(20, full, full), new WordSpan(130, 139, 139 + RELEASE));
  }

  @Test
  void aLastingNoiseCostsOnePictureAndWordsOverItAreHeard() {
    float[] levels = new float[400];
    Arrays.fill(levels, -20);
    Arrays.fill(levels, 150, 170, 0);
    Arrays.fill(levels, 300, 320, 0);
    assertThat(words(levels))
        .extracting(WordSpan::firstFrame, WordSpan::lastFrame)
        .containsExactly(tuple(0L, 47L), tuple(150L, 169L), tuple(300L, 319L));
  }

  @Test
  void noiseThatGrowsSlowlyIsNoWordAtAll() {
    float[] levels = new float[2000];
    for (int frame = 0; frame < levels.length; frame++) {
      levels[frame] = Math.min(-10, QUIET + frame * SETTINGS.floorRisePerFrame());
    }
    assertThat(words(levels)).isEmpty();
  }

  @Test
  void theEndOfTheStreamEndsTheWord() {
    float[] levels = quiet(40);
    Arrays.fill(levels, 20, 40, LOUD);
    assertThat(words(levels)).containsExactly(new WordSpan(20, 39, 39));
    assertThat(words(Arrays.copyOf(levels, 24))).isEmpty();
  }

  @Property(tries = 100)
  void aRestoredDetectorGoesOnWithTheSameWords(
      @ForAll @LongRange(max = 10_000) long seed, @ForAll @IntRange(min = 1, max = 20) int every) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] levels = new float[600];
    float base = QUIET;
    for (int frame = 0; frame < levels.length; frame++) {
      if (random.nextInt(20) == 0) {
        base = QUIET + random.nextInt(50);
      }
      levels[frame] = base + random.nextInt(6);
    }
    List<WordSpan> words = new ArrayList<>();
    OnsetDetector detector = detector();
    for (int frame = 0; frame < levels.length; frame++) {
      if (frame % every == 0) {
        ByteBuffer state = ByteBuffer.allocate(OnsetDetector.STATE_BYTES);
        detector.putState(state);
        detector = detector();
        detector.restore(state.flip());
      }
      detector.accept(frame, levels[frame]).ifPresent(words::add);
    }
    detector.finish(levels.length - 1).ifPresent(words::add);

    assertThat(words).isNotEmpty().isEqualTo(words(levels));
    long before = -1;
    for (WordSpan word : words) {
      assertThat(word.firstFrame()).isGreaterThan(before);
      assertThat(word.frames()).isBetween((long) SETTINGS.minimumFrames(), (long) PICTURE);
      before = word.lastFrame();
    }
  }
}
