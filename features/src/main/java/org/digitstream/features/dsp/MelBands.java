package org.digitstream.features.dsp;

import java.util.Arrays;
import java.util.List;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.FeatureSpec.MelScale;

/** Where the mel bands of a specification lie. */
public final class MelBands {
  private static final double SLANEY_HZ_PER_MEL = 200.0 / 3;
  private static final double SLANEY_KNEE_HZ = 1000;
  private static final double SLANEY_KNEE_MEL = SLANEY_KNEE_HZ / SLANEY_HZ_PER_MEL;
  private static final double SLANEY_LOG_STEP = Math.log(6.4) / 27;

  private MelBands() {}

  /**
   * The {@code bands + 2} points, evenly spaced in mel between the specification's edges, in Hz:
   * band {@code m} rises from point {@code m}, has its peak at point {@code m + 1} and ends at
   * point {@code m + 2}.
   */
  public static double[] edgesHz(FeatureSpec spec) {
    double lowMel = toMel(spec.lowHz(), spec.melScale());
    double highMel = toMel(spec.highHz(), spec.melScale());
    double[] edges = new double[spec.bands() + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = toHz(lowMel + (highMel - lowMel) * i / (edges.length - 1), spec.melScale());
    }
    return edges;
  }

  /** The frequency at which each band has its peak, low to high, in Hz. */
  public static List<Double> peaksHz(FeatureSpec spec) {
    return Arrays.stream(edgesHz(spec), 1, spec.bands() + 1).boxed().toList();
  }

  private static double toMel(double hz, MelScale scale) {
    return switch (scale) {
      case HTK -> 2595 * Math.log10(1 + hz / 700);
      case SLANEY ->
          hz < SLANEY_KNEE_HZ
              ? hz / SLANEY_HZ_PER_MEL
              : SLANEY_KNEE_MEL + Math.log(hz / SLANEY_KNEE_HZ) / SLANEY_LOG_STEP;
    };
  }

  private static double toHz(double mel, MelScale scale) {
    return switch (scale) {
      case HTK -> 700 * (Math.pow(10, mel / 2595) - 1);
      case SLANEY ->
          mel < SLANEY_KNEE_MEL
              ? mel * SLANEY_HZ_PER_MEL
              : SLANEY_KNEE_HZ * Math.exp(SLANEY_LOG_STEP * (mel - SLANEY_KNEE_MEL));
    };
  }
}
