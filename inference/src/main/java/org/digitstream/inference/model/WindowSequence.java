package org.digitstream.inference.model;

/**
 * The windows of one stream, in order: a classifier that knows which window comes next need not
 * compute again what the two have in common. One thread at a time, that of its {@link
 * WindowClassifier}.
 */
@FunctionalInterface
public interface WindowSequence {
  /**
   * What the network gives out for the next window, the same bits that {@link
   * WindowClassifier#activations} gives of it.
   *
   * @param window the frames that {@link WindowClassifier#activations} would be given: any window
   *     the first time, and then the one before moved on by {@link StreamGeometry#blockFrames()}
   *     frames
   * @return as from {@link WindowClassifier#activations}
   */
  Activations next(Window window);
}
