package org.digitstream.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a threshold costs: the share of the digits that are found (candidate right, confidence at
 * least the threshold) against the share of recordings of other words that are taken for some digit
 * (any candidate, confidence at least the threshold). Both fall as the threshold rises.
 *
 * <p>Every recording counts once, whichever corpus it is from; {@link #balanced} lets every corpus
 * count once instead.
 */
public final class OperatingCurve {
  /** Confidences that count, ascending: a share is the part of them at or above a threshold. */
  private record Confidences(float[] ascending, int recordings) {
    double shareAt(double threshold) {
      int at = 0;
      int end = ascending.length;
      while (at < end) {
        int middle = (at + end) >>> 1;
        if (ascending[middle] < threshold) {
          at = middle + 1;
        } else {
          end = middle;
        }
      }
      return (double) (ascending.length - at) / recordings;
    }
  }

  private final Map<String, Confidences> found;
  private final Map<String, Confidences> taken;

  private OperatingCurve(Map<String, Confidences> found, Map<String, Confidences> taken) {
    this.found = found;
    this.taken = taken;
  }

  /** The curve of the clean digits and other words among these answers, unweighted. */
  public static OperatingCurve of(List<Answer> answers) {
    return of(answers, answer -> "all");
  }

  /** The same, where every corpus counts once: shares are means of the corpora's shares. */
  public static OperatingCurve balanced(List<Answer> answers) {
    return of(answers, Answer::corpus);
  }

  private static OperatingCurve of(List<Answer> answers, Function<Answer, String> group) {
    return new OperatingCurve(
        confidences(answers.stream().filter(Answer::isDigit).toList(), group, Answer::isRight),
        confidences(
            answers.stream().filter(Answer::isOtherWords).toList(), group, Answer::hasCandidate));
  }

  private static Map<String, Confidences> confidences(
      List<Answer> answers, Function<Answer, String> group, Predicate<Answer> counts) {
    return answers.stream()
        .filter(Answer::isClean)
        .collect(
            Collectors.groupingBy(
                group,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    some -> new Confidences(ascending(some, counts), some.size()))));
  }

  private static float[] ascending(List<Answer> answers, Predicate<Answer> counts) {
    List<Answer> counted = answers.stream().filter(counts).toList();
    float[] confidences = new float[counted.size()];
    for (int i = 0; i < confidences.length; i++) {
      confidences[i] = counted.get(i).confidence();
    }
    Arrays.sort(confidences);
    return confidences;
  }

  /** Share of the digits that are found at a threshold, 0 to 1; NaN where there are none. */
  public double found(double threshold) {
    return mean(found, group -> group.shareAt(threshold));
  }

  /** Share of the other words taken for a digit at a threshold; NaN where there are none. */
  public double taken(double threshold) {
    return mean(taken, group -> group.shareAt(threshold));
  }

  private static double mean(Map<String, Confidences> groups, ToDoubleFunction<Confidences> share) {
    return groups.values().stream().mapToDouble(share).average().orElse(Double.NaN);
  }

  /**
   * The highest threshold at which a share of the digits is found.
   *
   * @param share 0 to 1
   * @return empty where not even a threshold of 0 finds so many
   */
  public OptionalDouble thresholdFinding(double share) {
    if (!(found(0) >= share)) {
      return OptionalDouble.empty();
    }
    float[] thresholds = candidates();
    // found() falls with the threshold: the last one that still finds enough.
    int low = 0;
    int high = thresholds.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (found(thresholds[middle]) >= share) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return OptionalDouble.of(thresholds[low]);
  }

  /** 0 and every confidence at which the share of found digits falls, ascending. */
  private float[] candidates() {
    int size = found.values().stream().mapToInt(group -> group.ascending.length).sum();
    float[] all = new float[size + 1];
    int at = 1;
    for (Confidences group : found.values()) {
      System.arraycopy(group.ascending, 0, all, at, group.ascending.length);
      at += group.ascending.length;
    }
    Arrays.sort(all);
    return all;
  }
}
