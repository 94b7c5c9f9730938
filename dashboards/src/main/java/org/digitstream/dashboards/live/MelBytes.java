package org.digitstream.dashboards.live;

import org.digitstream.contract.FeatureSpec;

/**
 * Mel values as bytes for a picture: the natural logarithm of the power is {@code -18 + b * 20 /
 * 255}. Immutable.
 */
final class MelBytes {
  private static final double LEAST = -18;
  private static final double RANGE = 20;

  private final double toNaturalPower;

  MelBytes(FeatureSpec spec) {
    toNaturalPower =
        switch (spec.logScale()) {
          case NATURAL -> spec.spectrum() == FeatureSpec.Spectrum.POWER ? 1 : 2;
          case DECIBEL_20 ->
              Math.log(10) / (spec.spectrum() == FeatureSpec.Spectrum.POWER ? 20 : 10);
        };
  }

  byte of(float value) {
    double level = (value * toNaturalPower - LEAST) / RANGE;
    return (byte) Math.round(255 * Math.max(0, Math.min(1, level)));
  }
}
