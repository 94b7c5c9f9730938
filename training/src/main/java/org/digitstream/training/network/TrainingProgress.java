package org.digitstream.training.network;

/** Is told how a training goes on, from the thread that trains. */
@FunctionalInterface
public interface TrainingProgress {
  /**
   * After each update.
   *
   * @param stripsDone strips trained on so far
   * @param strips strips in all
   * @param loss mean cross-entropy per labelled place over the last updates, in nats
   */
  void update(int stripsDone, int strips, double loss);
}
