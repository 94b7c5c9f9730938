package org.digitstream.training.study;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.training.corpus.Utterance;

/** Turns recordings into pictures, by the signal processing of the stream. */
public final class PictureExtractor {
  private final PictureSettings settings;

  /** Of pictures of one kind. */
  public PictureExtractor(PictureSettings settings) {
    this.settings = settings;
  }

  /**
   * The picture of a recording.
   *
   * @param utterance at the sample rate of the settings
   * @param noiseSeed of the noise behind a short word
   * @return grey values of 0 to 1, {@code [band][frame]}, lowest band first
   */
  public float[] picture(Utterance utterance, long noiseSeed) {
    float[] values = LogMelExtractor.extract(settings.featureSpec(), span(utterance));
    int bands = settings.featureSpec().bands();
    int frames = settings.frames();
    int spoken = Math.min(frames, values.length / bands);
    SplittableRandom noise = new SplittableRandom(noiseSeed);
    float[] picture = new float[bands * frames];
    for (int band = 0; band < bands; band++) {
      for (int frame = 0; frame < frames; frame++) {
        picture[band * frames + frame] =
            frame < spoken ? settings.grey(values[frame * bands + band]) : padding(noise);
      }
    }
    return picture;
  }

  private short[] span(Utterance utterance) {
    if (settings.span() == Span.RECORDING) {
      return utterance.samples();
    }
    // The last frame begins before the word's end and reaches over it.
    int to =
        Math.min(
            utterance.samples().length,
            utterance.wordEnd()
                + settings.featureSpec().fftSamples()
                - settings.featureSpec().hopSamples());
    return Arrays.copyOfRange(utterance.samples(), utterance.wordStart(), to);
  }

  private float padding(SplittableRandom noise) {
    return settings.padding() == Padding.SILENCE ? 0 : (float) noise.nextDouble();
  }
}
