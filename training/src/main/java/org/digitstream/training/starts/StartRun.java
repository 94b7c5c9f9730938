package org.digitstream.training.starts;

import org.digitstream.training.corpus.TakeLimit;
import org.digitstream.training.pretraining.StartMethod;

/**
 * One training of the comparison.
 *
 * @param fold whose people are left out
 * @param takes most recordings of each digit and person; {@link TakeLimit#ALL} for all
 * @param seed of everything random, the draw of the recordings too
 * @param method where it starts from
 */
public record StartRun(String fold, int takes, long seed, StartMethod method) {
  /** Such as {@code nicolas-takes-5-seed-1-denoising}. */
  public String id() {
    return fold + "-takes-" + takesText(takes) + "-seed-" + seed + "-" + method.id();
  }

  /** A number of takes, or {@code all}. */
  public static String takesText(int takes) {
    return takes == TakeLimit.ALL ? "all" : Integer.toString(takes);
  }
}
