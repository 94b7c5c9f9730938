package org.digitstream.dashboards.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The score of all streams that have ended since this began to listen and of which it is known what
 * is said in them. Any number of threads.
 */
public final class Scoreboard {
  /** A recording that was not heard as it was said; the sample is near the first mistake. */
  public record Miss(String stream, String source, String said, String heard, long sample) {}

  /**
   * The score.
   *
   * @param recordings how many were scored
   * @param right how many of them were heard as they were said
   * @param digits how many digits were said
   * @param substitutions digits for which another one was heard
   * @param insertions digits that were heard though none was said
   * @param deletions digits that were said and not heard
   * @param confusion {@code confusion[said][heard]}, where heard 10 is nothing
   * @param latencyMillis from the end of a word until it was known here
   * @param misses the last ones, the newest first
   */
  public record Score(
      long recordings,
      long right,
      long digits,
      long substitutions,
      long insertions,
      long deletions,
      List<List<Integer>> confusion,
      Histogram latencyMillis,
      List<Miss> misses) {}

  /** Counts below each bound, the last one at or above all. */
  public record Histogram(List<Integer> bounds, List<Integer> counts) {}

  /** How one recording was heard. */
  public record Result(
      boolean right, int correct, int substitutions, int insertions, int deletions) {}

  private static final List<Integer> BOUNDS =
      List.of(50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 2000);
  private static final int MOST_MISSES = 20;

  private final Scorer scorer;
  private final int[][] confusion = new int[10][11];
  private final int[] latencies = new int[BOUNDS.size() + 1];
  private final Deque<Miss> misses = new ArrayDeque<>();
  private long recordings;
  private long right;
  private long digits;
  private long substitutions;
  private long insertions;
  private long deletions;
  private long changes;

  /** Nothing scored yet. */
  public Scoreboard(Scorer scorer) {
    this.scorer = scorer;
  }

  /**
   * Scores a stream that has ended, if it is known what is said in it, and if all of it came by
   * here: who looks on from its middle would take what was heard before for what was not heard.
   */
  public Optional<Result> ended(StreamHistory stream) {
    Optional<String> said = scorer.said(stream.source());
    if (said.isEmpty() || !stream.isWhole()) {
      return Optional.empty();
    }
    String heard = stream.digits();
    List<Scorer.Pair> pairs = scorer.align(said.get(), heard);
    List<Happening.Digit> events = stream.digitsWithin(0, Long.MAX_VALUE);
    synchronized (this) {
      changes++;
      recordings++;
      for (Scorer.Pair pair : pairs) {
        count(pair);
      }
      for (Happening.Digit event : events) {
        if (event.latencyMillis() != null) {
          latencies[bin(event.latencyMillis())]++;
        }
      }
      if (said.get().equals(heard)) {
        right++;
      } else {
        misses.addFirst(
            new Miss(stream.id(), stream.source(), said.get(), heard, firstMistake(pairs, events)));
        if (misses.size() > MOST_MISSES) {
          misses.removeLast();
        }
      }
    }
    return Optional.of(result(pairs, said.get().equals(heard)));
  }

  private static Result result(List<Scorer.Pair> pairs, boolean right) {
    int correct = 0;
    int insertions = 0;
    int deletions = 0;
    for (Scorer.Pair pair : pairs) {
      correct += pair.said() == pair.heard() ? 1 : 0;
      insertions += pair.said() == Scorer.NONE ? 1 : 0;
      deletions += pair.heard() == Scorer.NONE ? 1 : 0;
    }
    return new Result(
        right, correct, pairs.size() - correct - insertions - deletions, insertions, deletions);
  }

  private void count(Scorer.Pair pair) {
    if (pair.said() == Scorer.NONE) {
      insertions++;
      return;
    }
    digits++;
    confusion[pair.said()][pair.heard() == Scorer.NONE ? 10 : pair.heard()]++;
    if (pair.heard() == Scorer.NONE) {
      deletions++;
    } else if (pair.heard() != pair.said()) {
      substitutions++;
    }
  }

  private static long firstMistake(List<Scorer.Pair> pairs, List<Happening.Digit> events) {
    int heard = 0;
    for (Scorer.Pair pair : pairs) {
      if (pair.said() != pair.heard()) {
        int event = Math.min(heard, events.size() - 1);
        return event < 0 ? 0 : events.get(event).endSample();
      }
      heard++;
    }
    return 0;
  }

  private static int bin(long millis) {
    int bin = 0;
    while (bin < BOUNDS.size() && millis >= BOUNDS.get(bin)) {
      bin++;
    }
    return bin;
  }

  /** How often the score has changed. */
  public synchronized long changes() {
    return changes;
  }

  /** The score; nothing before the first recording. */
  public synchronized Optional<Score> score() {
    if (recordings == 0) {
      return Optional.empty();
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : confusion) {
      rows.add(list(row));
    }
    return Optional.of(
        new Score(
            recordings,
            right,
            digits,
            substitutions,
            insertions,
            deletions,
            rows,
            new Histogram(BOUNDS, list(latencies)),
            List.copyOf(misses)));
  }

  private static List<Integer> list(int[] counts) {
    List<Integer> list = new ArrayList<>();
    for (int count : counts) {
      list.add(count);
    }
    return list;
  }
}
