package org.digitstream.training.corpus;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws some of many recordings, by a seed and their names alone: whatever else is there changes
 * nothing, and fewer of them are among more.
 */
public final class SeededDraw {
  private SeededDraw() {}

  /** At most so many of the recordings, in the order in which they are drawn. */
  public static List<Utterance> of(Collection<Utterance> utterances, int most, long seed) {
    return utterances.stream()
        .sorted(
            Comparator.<Utterance>comparingLong(utterance -> place(utterance, seed))
                .thenComparing(SeededDraw::key))
        .limit(most)
        .toList();
  }

  private static long place(Utterance utterance, long seed) {
    return new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L * key(utterance).hashCode()).nextLong();
  }

  /** Names a recording among all. */
  static String key(Utterance utterance) {
    return utterance.person() + "/" + utterance.name();
  }
}
