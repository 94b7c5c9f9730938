package org.digitstream.training.augmentation;

import java.util.random.RandomGenerator;

/** What sort of scenes is composed. */
public enum Scenes {
  /** Words with pauses, many of them far from the next one: for windows that hold one word. */
  WORDS(0.15, 0.5, 0.45, 0.025),

  /** Words one after the other, by one person as a rule, most of them without a pause. */
  STRINGS(0.3, 0.7, 0.2, 0.06);

  private final double sentenceShare;
  private final double samePersonShare;
  private final double aloneShare;
  private final double ohShare;

  Scenes(double sentenceShare, double samePersonShare, double aloneShare, double ohShare) {
    this.sentenceShare = sentenceShare;
    this.samePersonShare = samePersonShare;
    this.aloneShare = aloneShare;
    this.ohShare = ohShare;
  }

  /** The share of scenes that are parts of sentences. */
  double sentenceShare() {
    return sentenceShare;
  }

  /** Of those with words strung together, the share in which one person says all digits. */
  double samePersonShare() {
    return samePersonShare;
  }

  /** The share in which each word is so far from the next that a window holds one of them. */
  double aloneShare() {
    return aloneShare;
  }

  /**
   * The share of digits that are "oh". Alone, a quarter of what a digit has: more, and strangers
   * say "four" in noise and are heard to say "oh". In strings people say it as often as "zero".
   */
  double ohShare() {
    return ohShare;
  }

  /** Seconds between two words; less than 0 where they overlap, as two recordings can. */
  double pauseSeconds(RandomGenerator random) {
    double kind = random.nextDouble();
    return this == WORDS
        ? kind < 0.2
            ? uniform(random, 0.03, 0.15)
            : kind < 0.8 ? uniform(random, 0.15, 0.45) : uniform(random, 0.45, 1.2)
        : kind < 0.55
            ? uniform(random, -0.06, 0.06)
            : kind < 0.85 ? uniform(random, 0.06, 0.3) : uniform(random, 0.3, 0.9);
  }

  private static double uniform(RandomGenerator random, double from, double to) {
    return from + random.nextDouble() * (to - from);
  }
}
