package org.digitstream.training.network;

/**
 * Smoothed labels (Szegedy et al., "Rethinking the Inception architecture", 2016): a share of the
 * certainty is spread over all classes.
 */
record Targets(int classes, double smoothing) {
  /** Writes the target of one label: class {@code c} goes to {@code at + c * step}. */
  void put(float[] target, int at, int step, int wanted) {
    float rest = (float) (smoothing / classes);
    float certain = (float) (1 - smoothing) + rest;
    for (int c = 0; c < classes; c++) {
      target[at + c * step] = c == wanted ? certain : rest;
    }
  }
}
