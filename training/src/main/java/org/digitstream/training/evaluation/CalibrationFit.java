package org.digitstream.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.digitstream.inference.model.Calibration;

/**
 * Fits a {@link Calibration} to answers about people whom the model has not heard: the maximum
 * likelihood of their candidates' being right, where the curve may not fall (Kull, Silva Filho and
 * Flach 2017). The targets are Platt's (1999), a little away from 0 and 1: {@code (right + 1) /
 * (right + 2)} and {@code 1 / (wrong + 2)}.
 *
 * <p>Digits with a candidate count, without noise; other words do not, since how many of them there
 * are says nothing of how many a stream will have.
 */
public final class CalibrationFit {
  private static final int GROUPS = 10;

  private CalibrationFit() {}

  /**
   * Fits.
   *
   * @param answers answers with confidences that no calibration has changed
   * @throws IllegalArgumentException where the candidates are all right or all wrong, or the more
   *     confident ones are not more often right: such answers tell nothing of confidence
   */
  public static Calibration fit(List<Answer> answers) {
    List<Answer> used = usable(answers);
    long right = used.stream().filter(Answer::isRight).count();
    long wrong = used.size() - right;
    if (right == 0 || wrong == 0) {
      throw new IllegalArgumentException(
          "a calibration needs right and wrong answers, not " + right + " and " + wrong);
    }
    double[] targets = new double[used.size()];
    double[] low = new double[used.size()];
    double[] high = new double[used.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = used.get(i).isRight() ? (right + 1.0) / (right + 2.0) : 1.0 / (wrong + 2.0);
      low[i] = Calibration.lowTerm(used.get(i).confidence());
      high[i] = Calibration.highTerm(used.get(i).confidence());
    }
    // A curve that falls somewhere is no calibration: then the term that makes it fall goes.
    double[] both = LogisticRegression.fit(targets, low, high);
    if (both[1] < 0 && both[2] < 0) {
      throw nothingToCalibrate();
    }
    if (both[1] < 0) {
      double[] one = LogisticRegression.fit(targets, high);
      return calibration(0, one[1], one[0]);
    }
    if (both[2] < 0) {
      double[] one = LogisticRegression.fit(targets, low);
      return calibration(one[1], 0, one[0]);
    }
    return calibration(both[1], both[2], both[0]);
  }

  private static Calibration calibration(double low, double high, double shift) {
    if (low < 0 || high < 0 || low + high == 0) {
      throw nothingToCalibrate();
    }
    return new Calibration((float) low, (float) high, (float) shift);
  }

  private static IllegalArgumentException nothingToCalibrate() {
    return new IllegalArgumentException(
        "the more confident answers are not more often right: there is nothing to calibrate");
  }

  private static List<Answer> usable(List<Answer> answers) {
    return answers.stream()
        .filter(answer -> answer.isClean() && answer.isDigit() && answer.hasCandidate())
        .toList();
  }

  /**
   * The answers as a calibration would have made them; what is heard at the threshold is left as it
   * is, since a threshold is calibrated along with the confidences.
   */
  public static List<Answer> calibrated(List<Answer> answers, Calibration calibration) {
    return answers.stream().map(answer -> calibrated(answer, calibration)).toList();
  }

  private static Answer calibrated(Answer answer, Calibration calibration) {
    return new Answer(
        answer.corpus(),
        answer.speaker(),
        answer.recording(),
        answer.kind(),
        answer.officialTest(),
        answer.noiseDb(),
        answer.said(),
        answer.heard(),
        answer.candidate(),
        answer.hasCandidate() ? calibration.apply(answer.confidence()) : 0);
  }

  /**
   * How well calibrated the digits would be on people whom neither the model nor the calibration
   * has heard: the people, in alphabetical order, are dealt to {@value #GROUPS} groups, and each
   * group's answers are calibrated by a fit to all other groups.
   *
   * @throws IllegalArgumentException as {@link #fit} does
   */
  public static Reliability crossValidated(List<Answer> answers) {
    List<Answer> used = usable(answers);
    List<String> people =
        List.copyOf(
            used.stream().map(Answer::person).collect(Collectors.toCollection(TreeSet::new)));
    Map<String, Integer> groups = new TreeMap<>();
    for (int i = 0; i < people.size(); i++) {
      groups.put(people.get(i), i % Math.min(GROUPS, people.size()));
    }
    List<Answer> calibrated = new ArrayList<>();
    for (int i = 0; i < Math.min(GROUPS, people.size()); i++) {
      int group = i;
      Calibration others =
          fit(used.stream().filter(answer -> groups.get(answer.person()) != group).toList());
      calibrated.addAll(
          calibrated(
              used.stream().filter(answer -> groups.get(answer.person()) == group).toList(),
              others));
    }
    return Reliability.of(calibrated);
  }
}
