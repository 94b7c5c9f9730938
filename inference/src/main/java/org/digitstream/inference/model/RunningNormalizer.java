package org.digitstream.inference.model;

import java.util.Arrays;

/**
 * A {@link Normalization} that does not depend on later frames, applied frame by frame. It keeps
 * the frames of the window that ends with the last one, 16 KB for a window of 96 frames of 40
 * bands. One per stream, one thread; for the source of what is computed see there.
 *
 * <p>Means are summed in whole numbers of 2^-16, since these give the same sum whichever way the
 * window came. Values beyond what any audio has can overflow; then, too, the sum does not depend on
 * the way.
 */
public final class RunningNormalizer {
  private static final float ONE = 1 << 16;

  private final Normalization normalization;
  private final int bands;
  private final int frames;
  private final float highest;

  /**
   * By frame of the window, in a ring, and by band. Not yet raised to the lowest, which is as good
   * after rounding as before.
   */
  private final int[] values;

  /** The greatest value of each frame of the window; all that the range needs. */
  private final float[] loudest;

  private final int[] sums;
  private float lowestOfSums = Float.NaN;
  private int slot;

  RunningNormalizer(Normalization normalization) {
    this.normalization = normalization;
    this.bands = normalization.mean().length;
    this.frames = normalization.framesBefore() + 1;
    this.highest =
        normalization.ceiling() == null ? Float.POSITIVE_INFINITY : normalization.ceiling();
    this.values = new int[normalization.windowMean() == null ? 0 : frames * bands];
    this.loudest = new float[frames];
    this.sums = new int[bands];
  }

  /**
   * Takes a frame of which nothing is asked: one of the {@link Normalization#framesBefore()}.
   *
   * @param source log-mel values as the features come, not changed
   * @param from where the frame's bands begin in it
   */
  public void before(float[] source, int from) {
    take(source, from);
    lowestOfSums = Float.NaN;
    slot = slot + 1 == frames ? 0 : slot + 1;
  }

  /**
   * Takes the next frame, before which there were {@link Normalization#framesBefore()} others.
   *
   * @param source log-mel values as the features come, not changed
   * @param from where the frame's bands begin in it
   * @param target takes what the network sees of it: band {@code b} at {@code at + b * step}
   */
  public void next(float[] source, int from, float[] target, int at, int step) {
    boolean means = normalization.windowMean() != null;
    int least = means ? (int) (lowestOfSums * ONE) : 0;
    int ring = slot * bands;
    // What leaves the window is taken off while it is still there.
    for (int band = 0; means && band < bands; band++) {
      sums[band] -= Math.max(values[ring + band], least);
    }
    take(source, from);
    float lowest = lowest();
    if (means) {
      if (lowest == lowestOfSums) {
        for (int band = 0; band < bands; band++) {
          sums[band] += Math.max(values[ring + band], least);
        }
      } else {
        sumAll((int) (lowest * ONE));
        lowestOfSums = lowest;
      }
    }
    float[] mean = normalization.mean();
    float[] standardDeviation = normalization.standardDeviation();
    for (int band = 0; band < bands; band++) {
      float value = Math.min(Math.max(source[from + band], lowest), highest);
      float taken = means ? (float) (sums[band] / (ONE * (double) frames)) : mean[band];
      target[at + band * step] = (value - taken) / standardDeviation[band];
    }
    slot = slot + 1 == frames ? 0 : slot + 1;
  }

  private void take(float[] source, int from) {
    float greatest = source[from];
    for (int band = 1; band < bands; band++) {
      greatest = Math.max(greatest, source[from + band]);
    }
    loudest[slot] = greatest;
    if (values.length > 0) {
      int ring = slot * bands;
      for (int band = 0; band < bands; band++) {
        values[ring + band] = (int) (Math.min(source[from + band], highest) * ONE);
      }
    }
  }

  private float lowest() {
    Float range = normalization.windowRange();
    if (range == null) {
      return normalization.floor();
    }
    float greatest = loudest[0];
    for (int frame = 1; frame < frames; frame++) {
      greatest = Math.max(greatest, loudest[frame]);
    }
    return Math.max(normalization.floor(), greatest - range);
  }

  private void sumAll(int least) {
    Arrays.fill(sums, 0);
    for (int from = 0; from < values.length; from += bands) {
      for (int band = 0; band < bands; band++) {
        sums[band] += Math.max(values[from + band], least);
      }
    }
  }
}
