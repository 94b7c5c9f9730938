package org.digitstream.dashboards.live;

import org.digitstream.contract.FeatureSpec;

/**
 * Mel values as bytes for a picture: the natural logarithm of the power is {@code -18 + b * 20 /
 * 255}, as {@link FeatureSpec#WIDEBAND} has it. What other specifications make of the same sound is
 * larger or smaller, by window, filters and rate; it is shifted so that the picture is as bright.
 * Immutable.
 */
final class MelBytes {
  private static final double LEAST = -18;
  private static final double RANGE = 20;

  /** The mean of a magnitude that is spread as noise is, as part of its root mean square. */
  private static final double MEAN_OF_MAGNITUDE = Math.sqrt(Math.PI) / 2;

  private final double toNaturalPower;
  private final double shift;

  MelBytes(FeatureSpec spec) {
    toNaturalPower =
        switch (spec.logScale()) {
          case NATURAL -> spec.spectrum() == FeatureSpec.Spectrum.POWER ? 1 : 2;
          case DECIBEL_20 ->
              Math.log(10) / (spec.spectrum() == FeatureSpec.Spectrum.POWER ? 20 : 10);
        };
    shift = ofNoise(FeatureSpec.WIDEBAND) - ofNoise(spec);
  }

  /** About what a band in the middle has of white noise of one and the same density. */
  private static double ofNoise(FeatureSpec spec) {
    double windowEnergy =
        spec.windowSamples()
            * switch (spec.window()) {
              case HANN_PERIODIC -> 0.5 * 0.5 + 0.5 * 0.5 / 2;
              case HAMMING_SYMMETRIC -> 0.54 * 0.54 + 0.46 * 0.46 / 2;
            };
    double filterAreaHz =
        switch (spec.melNormalization()) {
          case SLANEY_AREA -> 1;
          case NONE -> (spec.highHz() - spec.lowHz()) / (spec.bands() + 1);
        };
    double filterSum = filterAreaHz * spec.fftSamples() / spec.sampleRateHz();
    double power = spec.sampleRateHz() * windowEnergy;
    return switch (spec.spectrum()) {
      case POWER -> Math.log(power * filterSum);
      case MAGNITUDE -> 2 * Math.log(MEAN_OF_MAGNITUDE * Math.sqrt(power) * filterSum);
    };
  }

  byte of(float value) {
    double level = (value * toNaturalPower + shift - LEAST) / RANGE;
    return (byte) Math.round(255 * Math.max(0, Math.min(1, level)));
  }
}
