package org.digitstream.inference.model;

/**
 * Runs a network on windows of one fixed shape. One thread at a time; the same window gives the
 * same bits whatever was classified before.
 */
public interface WindowClassifier extends AutoCloseable {
  /**
   * The class probabilities of a window.
   *
   * @param window log-mel values as the features come, not normalized: {@code window[frame * bands
   *     + band]}, {@link StreamGeometry#windowFrames()} frames
   * @return {@code probabilities[output * classes + class]}, {@link
   *     StreamGeometry#outputsPerBlock()} outputs whose probabilities sum to 1
   */
  float[] classify(float[] window);

  /**
   * The same, with what a {@link WordJudge} wants to know beside it.
   *
   * @param window as for {@link #classify}
   */
  default Activations activations(float[] window) {
    return Activations.of(classify(window));
  }

  /** For the windows of one stream from here on, each the one before moved on by a block. */
  default WindowSequence sequence() {
    return window -> activations(window.values());
  }

  /** Names the engine, whose results are bit-identical only to its own. */
  String engineId();

  @Override
  void close();
}
