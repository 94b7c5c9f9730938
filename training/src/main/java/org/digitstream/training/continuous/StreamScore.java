package org.digitstream.training.continuous;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.training.evaluation.DigitScore;

/**
 * How well the passages of one condition were heard, at one threshold.
 *
 * @param condition which passages
 * @param digits the errors, each passage a string
 * @param strings the same for each string of each person
 * @param seconds of audio
 * @param falseAlarms digits that were heard in passages in which none is said
 * @param otherWords recordings of other words in them
 * @param otherWordsTaken those of them in which any digit was heard, at most {@code otherWords}
 * @param latencyMillis from the end of each digit that was heard right to the sample that was
 *     needed to say so, in order; the network's and decoder's delay without any transport. Without
 *     those of which that sample is not told
 */
@SuppressWarnings("ArrayRecordComponent") // passed on to be printed
public record StreamScore(
    String condition,
    DigitScore digits,
    Map<String, List<DigitScore>> strings,
    double seconds,
    int falseAlarms,
    int otherWords,
    int otherWordsTaken,
    double[] latencyMillis) {
  /** A digit that is heard this far from where it was said is not that digit. */
  private static final double TOLERANCE_SECONDS = 0.1;

  /** Ninety-five per cent, two-sided: Garwood, "Fiducial limits for the Poisson distribution". */
  private static final double UPPER_TAIL = 0.025;

  /**
   * The scores of all conditions, in the order in which they come.
   *
   * @param threshold digits that are less sure do not count
   */
  public static List<StreamScore> of(List<Hearing> hearings, float threshold, int sampleRateHz) {
    Map<String, List<Hearing>> byCondition = new LinkedHashMap<>();
    hearings.forEach(
        hearing ->
            byCondition
                .computeIfAbsent(hearing.transcript().condition(), any -> new ArrayList<>())
                .add(hearing));
    List<StreamScore> scores = new ArrayList<>();
    byCondition.forEach(
        (condition, some) -> scores.add(of(condition, some, threshold, sampleRateHz)));
    return scores;
  }

  private static StreamScore of(
      String condition, List<Hearing> hearings, float threshold, int sampleRateHz) {
    DigitScore all = DigitScore.NOTHING;
    Map<String, List<DigitScore>> strings = new TreeMap<>();
    List<Double> latencies = new ArrayList<>();
    double seconds = 0;
    int falseAlarms = 0;
    int otherWords = 0;
    int otherWordsTaken = 0;
    for (Hearing hearing : hearings) {
      Transcript passage = hearing.transcript();
      // By identity: what is heard twice at one place is two digits, of which one is made up.
      IdentityHashMap<TimedDigit, Detection> heard = new IdentityHashMap<>();
      List<TimedDigit> inOrder = new ArrayList<>();
      for (Detection detection : hearing.detections()) {
        if (detection.confidence() >= threshold) {
          TimedDigit digit =
              new TimedDigit(detection.digit(), detection.startSample(), detection.endSample());
          heard.put(digit, detection);
          inOrder.add(digit);
        }
      }
      seconds += (double) passage.samples() / sampleRateHz;
      otherWords += passage.otherWords().size();
      if (passage.said().isEmpty()) {
        falseAlarms += inOrder.size();
        if (!passage.otherWords().isEmpty()) {
          otherWordsTaken += (int) inOrder.stream().mapToInt(passage::takenBy).distinct().count();
        }
        continue;
      }
      TimedAlignment alignment = align(passage, inOrder, sampleRateHz);
      DigitScore score = alignment.score();
      all = all.plus(score);
      strings.computeIfAbsent(passage.person(), any -> new ArrayList<>()).add(score);
      for (TimedAlignment.Pair pair : alignment.pairs()) {
        if (pair.isCorrect()) {
          long needed = heard.get(pair.heard()).neededSample();
          if (needed != Hearing.NOT_TOLD) {
            latencies.add(1000.0 * (needed - pair.said().endSample()) / sampleRateHz);
          }
        }
      }
    }
    double[] sorted = latencies.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new StreamScore(
        condition, all, strings, seconds, falseAlarms, otherWords, otherWordsTaken, sorted);
  }

  /** What was said in a passage beside what was heard, in order of time. */
  static TimedAlignment align(Transcript passage, List<TimedDigit> heard, int sampleRateHz) {
    return TimedAlignment.of(passage.said(), heard, (long) (TOLERANCE_SECONDS * sampleRateHz));
  }

  /** The errors of each person, each passage a string. */
  public Map<String, DigitScore> byPerson() {
    Map<String, DigitScore> byPerson = new TreeMap<>();
    strings.forEach(
        (person, some) ->
            byPerson.put(person, some.stream().reduce(DigitScore.NOTHING, DigitScore::plus)));
    return byPerson;
  }

  /** Share of the other words that were taken for a digit; NaN where there are none. */
  public double otherWordsTakenShare() {
    return otherWords == 0 ? Double.NaN : (double) otherWordsTaken / otherWords;
  }

  /** Digits that were heard in an hour in which none was said. */
  public double falseAlarmsPerHour() {
    return 3600 * falseAlarms / seconds;
  }

  /** So many there might be in the long run at the most, with 97.5 % certainty. */
  public double falseAlarmsPerHourAtMost() {
    double least = falseAlarms;
    double most = falseAlarms + 20 + 10 * Math.sqrt(falseAlarms + 1);
    for (int i = 0; i < 60; i++) {
      double middle = (least + most) / 2;
      if (poissonAtMost(falseAlarms, middle) > UPPER_TAIL) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return 3600 * most / seconds;
  }

  /** The probability of at most {@code count} where {@code mean} are expected. */
  private static double poissonAtMost(int count, double mean) {
    double logarithm = -mean;
    double sum = Math.exp(logarithm);
    for (int k = 1; k <= count; k++) {
      logarithm += Math.log(mean / k);
      sum += Math.exp(logarithm);
    }
    return sum;
  }

  /** The latency that so many per cent do not exceed, by the nearest rank; NaN where none is. */
  public double latencyMillis(int percent) {
    int rank = (percent * latencyMillis.length + 99) / 100;
    return latencyMillis.length == 0 ? Double.NaN : latencyMillis[Math.max(rank, 1) - 1];
  }
}
