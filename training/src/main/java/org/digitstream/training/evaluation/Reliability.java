package org.digitstream.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidences mean what they say: of the answers with a confidence of about 0.8, about 80 %
 * should be right. Answers are put into bins of equal width {@code ((m - 1) / M, m / M]} by their
 * confidence (0 into the first); the expected calibration error is the mean over all answers of the
 * distance between their bin's share of right answers and its mean confidence (Naeini, Cooper and
 * Hauskrecht 2015; Guo et al. 2017).
 *
 * <p>Answers without a candidate have no confidence and do not count here.
 *
 * @param bins the bins, from low to high confidence
 */
public record Reliability(List<Bin> bins) {
  /** How many bins there are usually. */
  public static final int BINS = 15;

  /**
   * Answers of about one confidence.
   *
   * @param above they are more confident than this, except that 0 belongs to the first bin
   * @param upTo and at most this confident
   * @param answers how many
   * @param right how many of them are right
   * @param meanConfidence their mean confidence; NaN where there are none
   */
  public record Bin(double above, double upTo, int answers, int right, double meanConfidence) {
    /** Share of the answers that are right; NaN where there are none. */
    public double rightShare() {
      return (double) right / answers;
    }
  }

  /** Copies the bins. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /** Of those of the answers that have a candidate, in {@value #BINS} bins. */
  public static Reliability of(List<Answer> answers) {
    return of(answers, BINS);
  }

  /** Of those of the answers that have a candidate, in a number of bins. */
  static Reliability of(List<Answer> answers, int bins) {
    int[] count = new int[bins];
    int[] right = new int[bins];
    double[] sum = new double[bins];
    for (Answer answer : answers) {
      if (answer.hasCandidate()) {
        int bin = Math.max(0, (int) Math.ceil((double) answer.confidence() * bins) - 1);
        count[bin]++;
        right[bin] += answer.isRight() ? 1 : 0;
        sum[bin] += answer.confidence();
      }
    }
    List<Bin> list = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      list.add(
          new Bin(
              (double) bin / bins,
              (bin + 1.0) / bins,
              count[bin],
              right[bin],
              sum[bin] / count[bin]));
    }
    return new Reliability(list);
  }

  /** How many answers have a confidence. */
  public int answers() {
    return bins.stream().mapToInt(Bin::answers).sum();
  }

  /** The expected calibration error, 0 to 1; NaN where there are no answers. */
  public double expectedError() {
    double sum = 0;
    for (Bin bin : bins) {
      if (bin.answers > 0) {
        sum += bin.answers * Math.abs(bin.rightShare() - bin.meanConfidence);
      }
    }
    return sum / answers();
  }
}
