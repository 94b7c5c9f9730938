package org.digitstream.training.pretraining;

import java.util.SplittableRandom;

/** The order in which examples are learned from: another one in each epoch, the same for a seed. */
public final class ExampleOrder {
  private final int[] places;
  private final SplittableRandom random;

  /**
   * An order of some examples.
   *
   * @param places which; copied
   * @param seed of the order
   */
  public ExampleOrder(int[] places, long seed) {
    this.places = places.clone();
    this.random = new SplittableRandom(seed);
  }

  /** The order of the next epoch; good until the next call. */
  public int[] next() {
    for (int i = places.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = places[i];
      places[i] = places[j];
      places[j] = swapped;
    }
    return places;
  }
}
