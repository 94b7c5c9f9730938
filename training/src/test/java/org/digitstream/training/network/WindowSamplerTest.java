package org.digitstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.training.augmentation.Strip;
import org.junit.jupiter.api.Test;

class WindowSamplerTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final WindowExamples EXAMPLES =
      Examples.windows(
          new PictureShape(40, 96, List.of(PictureShape.Convolution.square(5, 4, 4)), 11),
          4,
          6,
          20,
          400,
          0.6);
  private static final int WORD_START = 140;
  private static final int WORD_END = 180;

  /** A 3 from frame 140 to 180, and something uncertain from 240 to 260. */
  private static Strip strip() {
    byte[] classes = new byte[(EXAMPLES.stripFrames() - 1) * SPEC.hopSamples() + SPEC.fftSamples()];
    Arrays.fill(classes, Strip.NOT_A_DIGIT);
    Arrays.fill(classes, centre(WORD_START), centre(WORD_END), (byte) 3);
    Arrays.fill(classes, centre(240), centre(260), Strip.UNKNOWN);
    return new Strip(
        new short[classes.length],
        classes,
        List.of(new Strip.Span(centre(290), centre(320))),
        List.of(),
        new byte[classes.length]);
  }

  private static int centre(int frame) {
    return frame * SPEC.hopSamples() + SPEC.fftSamples() / 2;
  }

  private static List<WindowSampler.Window> windows() {
    return new WindowSampler(SPEC, EXAMPLES).sample(strip(), new SplittableRandom(3));
  }

  @Test
  void aWindowHoldsTheDigitThatEndedShortlyBeforeIt() {
    assertThat(windows())
        .filteredOn(window -> window.label() == 3)
        .hasSizeBetween(200, 280)
        .allSatisfy(window -> assertThat(window.endFrame()).isBetween(WORD_END + 6, WORD_END + 20));
  }

  @Test
  void aWindowHoldsNoneBeforeTheDigitIsSaidAndLongAfterIt() {
    assertThat(windows())
        .filteredOn(window -> window.label() == Strip.NOT_A_DIGIT)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            window ->
                assertThat(window.endFrame())
                    .matches(
                        end -> end <= WORD_START + 36 || end >= WORD_END + 32,
                        "not while the digit is there"))
        .anySatisfy(window -> assertThat(window.endFrame()).isLessThan(WORD_START))
        .anySatisfy(
            window -> assertThat(window.endFrame()).isBetween(WORD_START + 25, WORD_START + 36))
        .anySatisfy(window -> assertThat(window.endFrame()).isGreaterThan(WORD_END + 32));
  }

  @Test
  void otherWordsAreTaughtMoreOftenThanTheRest() {
    assertThat(windows())
        .filteredOn(window -> window.label() == Strip.NOT_A_DIGIT)
        .filteredOn(window -> window.endFrame() >= 290 && window.endFrame() <= 340)
        .hasSizeGreaterThan(70);
  }

  @Test
  void nothingIsTaughtWhereItIsUncertain() {
    assertThat(windows()).noneSatisfy(window -> assertThat(window.endFrame()).isBetween(244, 280));
  }

  @Test
  void everyWindowLiesInTheStrip() {
    assertThat(windows())
        .allSatisfy(window -> assertThat(window.endFrame()).isBetween(96, EXAMPLES.stripFrames()));
  }
}
