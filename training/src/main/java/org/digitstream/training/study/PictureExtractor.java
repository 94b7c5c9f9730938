package org.digitstream.training.study;

import java.util.Optional;
import java.util.SplittableRandom;
import org.digitstream.features.dsp.LogMelExtractor;

/** Turns recordings into pictures, by the signal processing of the stream. One thread. */
public final class PictureExtractor {
  private final PictureSettings settings;
  private final StreamPictures stream;

  /** Of pictures of one kind. */
  public PictureExtractor(PictureSettings settings) {
    this.settings = settings;
    this.stream = new StreamPictures(settings);
  }

  /**
   * The picture of a recording.
   *
   * @param samples 16-bit mono at the sample rate of the settings
   * @param noiseSeed of the noise behind a short recording
   * @return grey values of 0 to 1, {@code [band][frame]}, lowest band first
   */
  public float[] picture(short[] samples, long noiseSeed) {
    if (settings.span() == Span.WORD) {
      Optional<float[]> word = stream.firstWord(samples);
      if (word.isPresent()) {
        return grey(word.get(), settings.frames(), noiseSeed);
      }
    }
    float[] values = LogMelExtractor.extract(settings.featureSpec(), samples);
    return grey(
        values,
        Math.min(settings.frames(), values.length / settings.featureSpec().bands()),
        noiseSeed);
  }

  private float[] grey(float[] values, int spoken, long noiseSeed) {
    int bands = settings.featureSpec().bands();
    int frames = settings.frames();
    SplittableRandom noise = new SplittableRandom(noiseSeed);
    float[] picture = new float[bands * frames];
    for (int band = 0; band < bands; band++) {
      for (int frame = 0; frame < frames; frame++) {
        picture[band * frames + frame] =
            frame < spoken
                ? settings.grey(values[frame * bands + band])
                : settings.padding() == Padding.SILENCE ? 0 : (float) noise.nextDouble();
      }
    }
    return picture;
  }
}
