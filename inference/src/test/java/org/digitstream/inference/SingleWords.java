package org.digitstream.inference;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.Padding;
import org.digitstream.inference.model.PictureShape;

/**
 * Frames of the preset {@code seed} in which a word is a bar of sound: the digit d fills the four
 * bands from {@code 12 + 4 d} on. And a network that was written down and not trained, which hears
 * them.
 */
public final class SingleWords {
  public static final FeatureSpec SPEC = FeatureSpec.SEED;
  public static final int BANDS = SPEC.bands();
  public static final int PICTURE_FRAMES = 64;
  public static final int WORD_FRAMES = 30;
  public static final int PAUSE_FRAMES = 40;
  public static final OnsetSettings ONSET =
      OnsetSettings.ofStudyPictures(Padding.constant(-45), 0.5f);
  public static final ModelBundle MODEL = model(ONSET);

  private static final float NOISE = -38;
  private static final int FIRST_BAND = 12;
  private static final int BAR = 4;

  private SingleWords() {}

  /** A pause, then each digit with a pause behind it, in a little noise. */
  public static float[] frames(int... digits) {
    float[] values = noise(PAUSE_FRAMES + digits.length * (WORD_FRAMES + PAUSE_FRAMES), 1);
    for (int word = 0; word < digits.length; word++) {
      put(values, firstFrame(word), WORD_FRAMES, digits[word]);
    }
    return values;
  }

  /** The first frame of a word of {@link #frames}. */
  public static int firstFrame(int word) {
    return PAUSE_FRAMES + word * (WORD_FRAMES + PAUSE_FRAMES);
  }

  public static float[] noise(int frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[frames * BANDS];
    for (int i = 0; i < values.length; i++) {
      values[i] = NOISE + 3 * (float) random.nextDouble();
    }
    return values;
  }

  /** Says a digit: a wide murmur, and its bar. */
  public static void put(float[] values, int first, int frames, int digit) {
    for (int frame = first; frame < first + frames; frame++) {
      for (int band = 0; band < BANDS; band++) {
        boolean bar = (band - FIRST_BAND) / BAR == digit && band >= FIRST_BAND;
        values[frame * BANDS + band] += bar ? 70 : 25;
      }
    }
  }

  /** Each output of the convolution is the mean of four bands; each class counts one of them. */
  public static ModelBundle model(OnsetSettings onset) {
    PictureShape shape =
        new PictureShape(
            BANDS,
            PICTURE_FRAMES,
            List.of(new PictureShape.Convolution(BAR, 8, BAR, 8, 1)),
            ModelBundle.DIGITS.size());
    float[] weights = new float[shape.parameterCount()];
    int kernel = BAR * 8;
    Arrays.fill(weights, 0, kernel, 1f / kernel);
    int rows = BANDS / BAR;
    int columns = PICTURE_FRAMES / 8;
    int dense = kernel + 1;
    for (int digit = 0; digit < 10; digit++) {
      int row = FIRST_BAND / BAR + digit;
      int at = dense + digit * rows * columns + row * columns;
      Arrays.fill(weights, at, at + columns, 3);
    }
    return new ModelBundle(
        "bars",
        SPEC,
        Normalization.grey(BANDS, -45, 45),
        shape,
        onset,
        weights,
        ModelFixtures.PROVENANCE);
  }
}
