package org.digitstream.training.network;

import java.util.List;

/** Gives batches that were made before. */
final class KeptBatches implements Batches {
  private final List<Batch> kept;
  private int next;

  KeptBatches(List<Batch> kept, int firstIteration) {
    this.kept = kept;
    this.next = firstIteration;
  }

  @Override
  public Batch next() {
    return kept.get(next++);
  }
}
