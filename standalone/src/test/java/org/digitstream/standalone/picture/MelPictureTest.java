package org.digitstream.standalone.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.digitstream.contract.FeatureSpec;
import org.junit.jupiter.api.Test;

class MelPictureTest {
  private static final int YELLOW = 0xFDE725;
  private static final int DARK = 0x440154;

  @Test
  void theLoudestValueIsYellowAndEightyDecibelBelowIsDark() {
    FeatureSpec spec = FeatureSpec.SEED;
    float[] values = new float[10 * spec.bands()];
    Arrays.fill(values, -80);
    values[3 * spec.bands() + 60] = 0;

    BufferedImage image = MelPicture.draw("title", spec, values);

    assertThat(count(image, YELLOW)).isPositive();
    assertThat(count(image, DARK)).isEqualTo(count(image, YELLOW) * (values.length - 1));
  }

  @Test
  void aLongRecordingStaysAPictureThatCanBeOpened() {
    FeatureSpec spec = FeatureSpec.WIDEBAND;

    assertThat(MelPicture.draw("title", spec, new float[100_000 * spec.bands()]).getWidth())
        .isLessThan(5000);
  }

  @Test
  void nothingCannotBeDrawn() {
    assertThatThrownBy(() -> MelPicture.draw("title", FeatureSpec.WIDEBAND, new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shorter than one frame");
  }

  @Test
  void stepsOfAnAxisAreOneTwoOrFiveTimesAPowerOfTen() {
    assertThat(MelPicture.step(0.011)).isEqualTo(0.02);
    assertThat(MelPicture.step(0.2)).isEqualTo(0.2);
    assertThat(MelPicture.step(3)).isEqualTo(5);
    assertThat(MelPicture.step(7)).isEqualTo(10);
  }

  private static long count(BufferedImage image, int rgb) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == rgb) {
          count++;
        }
      }
    }
    return count;
  }
}
