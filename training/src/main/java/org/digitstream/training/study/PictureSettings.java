package org.digitstream.training.study;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.FeatureSpec.LogScale;
import org.digitstream.inference.model.Normalization;

/**
 * How a recording becomes a picture: its first frames, in decibels, clipped and taken as grey.
 *
 * @param featureSpec what the frames are computed with; in decibels
 * @param frames width of the picture, 1 to 1024
 * @param clipDecibel levels are clipped to plus and minus this; greater than 0
 * @param padding what stands behind shorter words
 * @param span which part of the recording is shown
 */
public record PictureSettings(
    FeatureSpec featureSpec, int frames, double clipDecibel, Padding padding, Span span) {
  /** The study's: 64 bands by 64 frames of {@link FeatureSpec#SEED}, ±45 dB, noise behind. */
  public static final PictureSettings STUDY =
      new PictureSettings(FeatureSpec.SEED, 64, 45, Padding.NOISE, Span.RECORDING);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public PictureSettings {
    if (featureSpec.logScale() != LogScale.DECIBEL_20) {
      throw new IllegalArgumentException(
          "the study's pictures are in decibels; "
              + featureSpec.name()
              + " takes the "
              + featureSpec.logScale()
              + " logarithm");
    }
    if (frames < 1 || frames > 1024) {
      throw new IllegalArgumentException("frames " + frames + " is not within 1..1024");
    }
    if (!(clipDecibel > 0 && Double.isFinite(clipDecibel))) {
      throw new IllegalArgumentException("clipDecibel " + clipDecibel + " is not positive");
    }
  }

  /** The grey of a level: 0 (black) to 1 (white). */
  float grey(float decibel) {
    double clipped = Math.max(-clipDecibel, Math.min(clipDecibel, decibel));
    return (float) ((clipped + clipDecibel) / (2 * clipDecibel));
  }

  /** The same for a stream's frames. */
  public Normalization normalization() {
    return Normalization.grey(featureSpec.bands(), (float) -clipDecibel, (float) clipDecibel);
  }

  /** What the stream puts behind a word. */
  org.digitstream.inference.model.Padding streamPadding() {
    float floor = (float) -clipDecibel;
    return padding == Padding.SILENCE
        ? org.digitstream.inference.model.Padding.constant(floor)
        : new org.digitstream.inference.model.Padding(floor, (float) clipDecibel);
  }

  /** Every setting by name. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("bands", Integer.toString(featureSpec.bands()));
    settings.put("low edge (Hz)", number(featureSpec.lowHz()));
    settings.put("high edge (Hz)", number(featureSpec.highHz()));
    settings.put("sample rate (Hz)", Integer.toString(featureSpec.sampleRateHz()));
    settings.put("window (samples)", Integer.toString(featureSpec.windowSamples()));
    settings.put("FFT (samples)", Integer.toString(featureSpec.fftSamples()));
    settings.put("shift (samples)", Integer.toString(featureSpec.hopSamples()));
    settings.put("window function", featureSpec.window().name().toLowerCase(Locale.ROOT));
    settings.put("frames", Integer.toString(frames));
    settings.put("clip (dB)", number(clipDecibel));
    settings.put("padding", padding.name().toLowerCase(Locale.ROOT));
    settings.put("span", span.name().toLowerCase(Locale.ROOT));
    return settings;
  }

  static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
