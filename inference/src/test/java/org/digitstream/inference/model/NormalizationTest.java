package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  @Test
  void greyGoesFromFloorAndCeilingToZeroAndOne() {
    Normalization grey = Normalization.grey(2, -45, 45);
    assertThat(grey.apply(-100, 0)).isZero();
    assertThat(grey.apply(-45, 1)).isZero();
    assertThat(grey.apply(0, 0)).isEqualTo(0.5f);
    assertThat(grey.apply(9, 1)).isEqualTo(0.6f);
    assertThat(grey.apply(45, 0)).isEqualTo(1);
    assertThat(grey.apply(60, 1)).isEqualTo(1);
  }

  @Test
  void withoutACeilingNothingIsLowered() {
    Normalization open = new Normalization(-17, new float[] {1}, new float[] {2});
    assertThat(open.ceiling()).isNull();
    assertThat(open.apply(1e6f, 0)).isEqualTo((1e6f - 1) / 2);
    assertThat(open.apply(-1e6f, 0)).isEqualTo(-9);
  }

  @Test
  void aCeilingBelowTheFloorIsRefused() {
    assertThatThrownBy(() -> new Normalization(3, 3f, new float[1], new float[] {1}))
        .hasMessageContaining("ceiling 3.0");
  }

  @Test
  void frameByFrameIsForWhatDoesNotDependOnLaterFrames() {
    Normalization overTheWindow =
        new Normalization(-17, null, true, 11f, new float[1], new float[] {1});
    assertThatThrownBy(overTheWindow::frameByFrame)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("later");

    RunningNormalizer ofSingleFrames =
        new Normalization(-17, 3f, new float[] {1, 2}, new float[] {2, 4}).frameByFrame();
    float[] seen = new float[4];
    ofSingleFrames.next(new float[] {9, 9, 5, -30}, 0, seen, 0, 2);
    ofSingleFrames.next(new float[] {9, 9, 5, -30}, 2, seen, 1, 2);
    assertThat(seen).containsExactly(1, 1, 0.25f, -4.75f);
  }

  @Test
  void paddingIsTheSameEveryTimeAndWithinItsRange() {
    assertThat(Padding.constant(-45).picture(3)).containsExactly(-45, -45, -45);
    Padding noise = new Padding(-45, 45);
    float[] picture = noise.picture(4096);
    assertThat(picture).isEqualTo(noise.picture(4096));
    double mean = IntStream.range(0, 4096).mapToDouble(i -> picture[i]).average().orElseThrow();
    assertThat(mean).isBetween(-2.0, 2.0);
    assertThat(IntStream.range(0, 4096).mapToDouble(i -> picture[i]).max().orElseThrow())
        .isBetween(44.0, 45.0);
    assertThatThrownBy(() -> new Padding(1, 0)).hasMessageContaining("1.0..0.0");
    assertThatThrownBy(() -> new Padding(0, Float.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void aPictureIsEveryBandOfEveryFrame() {
    Normalization two = new Normalization(-17, new float[] {1, 2}, new float[] {2, 4});

    assertThat(two.picture(new float[] {3, 6, 5, 10, -30, 2})).containsExactly(1, 2, -9, 1, 2, 0);
  }

  @Test
  void theMeanOfTheWindowIsTakenFromEachBand() {
    Normalization relative =
        new Normalization(-17, null, true, null, new float[] {7, 7}, new float[] {1, 2});
    float[] quiet = {1, 2, 3, 4, 2, 6};
    float[] loud = {1, 2, 3, 4, 2, 6};
    for (int i = 0; i < loud.length; i++) {
      loud[i] += i % 2 == 0 ? 5 : -3;
    }

    assertThat(relative.picture(quiet)).containsExactly(-1, 1, 0, -1, 0, 1);
    assertThat(relative.picture(loud)).containsExactly(-1, 1, 0, -1, 0, 1);
  }

  @Test
  void whatIsFarBelowTheLoudestValueOfTheWindowIsRaised() {
    Normalization ranged =
        new Normalization(-17, null, null, 5f, new float[] {0, 1}, new float[] {1, 2});

    assertThat(ranged.picture(new float[] {8, 2, -30, 5, 3, 9}))
        .containsExactly(8, 4, 4, 1.5f, 2, 4);
    assertThat(ranged.picture(new float[] {-40, -40})).containsExactly(-17, -9);
  }

  @Test
  void noiseAFewDecibelsMoreOrLessBelowTheRangeLooksTheSame() {
    Normalization ranged =
        new Normalization(-17, null, true, 11f, new float[] {0, 0}, new float[] {1, 1});

    assertThat(ranged.picture(new float[] {-2, 0, -13, -12, -16, -11.5f}))
        .isEqualTo(ranged.picture(new float[] {-2, 0, -11, -17, -11.5f, -14}));
  }

  @Test
  void aRunningWindowEndsWithEachFrame() {
    Normalization running =
        new Normalization(-17, null, true, 11f, 3, new float[] {5, 5}, new float[] {1, 2});
    float[] frames = {1, 2, 3, -30, 8, 4, -1, 0};

    assertThat(running.framesBefore()).isEqualTo(2);
    // Of the third frame: the first two and itself, nothing below 8 - 11 = -3.
    assertThat(running.picture(frames))
        .containsExactly(8 - 12 / 3f, -1 - 10 / 3f, (4 - 3 / 3f) / 2, (0 - 1 / 3f) / 2);
  }

  @Test
  void whatIsSeenOfAFrameDoesNotDependOnLaterOnes() {
    SplittableRandom random = new SplittableRandom(2);
    Normalization running =
        new Normalization(-17, null, true, 11f, 20, new float[4], new float[] {1, 2, 3, 4});
    float[] frames = new float[4 * 60];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (float) random.nextDouble(-20, 5);
    }
    float[] whole = running.picture(frames);
    for (int last = 19; last < 60; last++) {
      float[] alone = running.picture(Arrays.copyOfRange(frames, (last - 19) * 4, (last + 1) * 4));
      for (int band = 0; band < 4; band++) {
        assertThat(alone[band]).isEqualTo(whole[band * 41 + last - 19]);
      }
    }
  }

  @Test
  void theRunningMeanIsThatOfClippedValuesInWholeNumbers() {
    SplittableRandom random = new SplittableRandom(3);
    Normalization running =
        new Normalization(-17, 3f, true, 11f, 20, new float[2], new float[] {1, 1});
    float[] frames = new float[2 * 50];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (float) random.nextDouble(-25, 6);
    }
    float[] picture = running.picture(frames);
    for (int last = 19; last < 50; last++) {
      float loudest = Float.NEGATIVE_INFINITY;
      for (int i = (last - 19) * 2; i < (last + 1) * 2; i++) {
        loudest = Math.max(loudest, frames[i]);
      }
      float lowest = Math.max(-17, loudest - 11);
      for (int band = 0; band < 2; band++) {
        long sum = 0;
        for (int frame = last - 19; frame <= last; frame++) {
          float clipped = Math.min(Math.max(frames[frame * 2 + band], lowest), 3);
          sum += (int) (clipped * 65_536);
        }
        float own = Math.min(Math.max(frames[last * 2 + band], lowest), 3);
        assertThat(picture[band * 31 + last - 19])
            .isEqualTo(own - (float) (sum / (65_536f * 20.0)));
      }
    }
  }

  @Test
  void aRangeThatIsNoneIsRefused() {
    for (float range : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> new Normalization(-17, null, true, range, new float[1], new float[] {1}))
          .hasMessageContaining("window range " + range);
    }
  }
}
