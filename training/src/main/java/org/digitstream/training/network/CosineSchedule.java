package org.digitstream.training.network;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * A learning rate that rises linearly for a while and then falls along half a cosine to zero
 * (Loshchilov and Hutter, SGDR, 2017, without restarts). DL4J has none.
 */
public final class CosineSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double peak;
  private final int warmUpIterations;
  private final int iterations;

  /**
   * A schedule.
   *
   * @param peak the highest learning rate
   * @param warmUpIterations iterations until it is reached
   * @param iterations iterations in all
   */
  public CosineSchedule(double peak, int warmUpIterations, int iterations) {
    if (!(peak > 0) || warmUpIterations < 0 || iterations <= warmUpIterations) {
      throw new IllegalArgumentException(
          "a schedule of peak "
              + peak
              + " with "
              + warmUpIterations
              + " of "
              + iterations
              + " iterations of warm-up");
    }
    this.peak = peak;
    this.warmUpIterations = warmUpIterations;
    this.iterations = iterations;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    if (iteration < warmUpIterations) {
      return peak * (iteration + 1) / (warmUpIterations + 1);
    }
    double progress =
        Math.min(1, (double) (iteration - warmUpIterations) / (iterations - warmUpIterations));
    return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  @Override
  public ISchedule clone() {
    return new CosineSchedule(peak, warmUpIterations, iterations);
  }
}
