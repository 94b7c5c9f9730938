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
 * likelihood of their candidates' being right, by Newton's method. The targets are Platt's (1999),
 * a little away from 0 and 1: {@code (right + 1) / (right + 2)} and {@code 1 / (wrong + 2)}.
 *
 * <p>Digits with a candidate count, without noise; other words do not, since how many of them there
 * are says nothing of how many a stream will have.
 */
public final class CalibrationFit {
  private static final int MOST_STEPS = 100;
  private static final double SMALL_STEP = 1e-9;
  private static final double RIDGE = 1e-9;
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
    double targetRight = (right + 1.0) / (right + 2.0);
    double targetWrong = 1.0 / (wrong + 2.0);
    double scale = 1;
    double shift = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double gradientScale = 0;
      double gradientShift = 0;
      double hessianScale = RIDGE;
      double hessianBoth = 0;
      double hessianShift = RIDGE;
      for (Answer answer : used) {
        double x = Calibration.logOdds(answer.confidence());
        double p = 1 / (1 + StrictMath.exp(-(scale * x + shift)));
        double error = p - (answer.isRight() ? targetRight : targetWrong);
        double weight = p * (1 - p);
        gradientScale += error * x;
        gradientShift += error;
        hessianScale += weight * x * x;
        hessianBoth += weight * x;
        hessianShift += weight;
      }
      double determinant = hessianScale * hessianShift - hessianBoth * hessianBoth;
      double stepScale = (hessianShift * gradientScale - hessianBoth * gradientShift) / determinant;
      double stepShift = (hessianScale * gradientShift - hessianBoth * gradientScale) / determinant;
      // A step as long as this only comes where the curvature misleads.
      double length = Math.max(1, Math.max(Math.abs(stepScale), Math.abs(stepShift)) / 2);
      scale -= stepScale / length;
      shift -= stepShift / length;
      if (Math.max(Math.abs(stepScale), Math.abs(stepShift)) < SMALL_STEP) {
        break;
      }
    }
    if (!(scale > 0)) {
      throw new IllegalArgumentException(
          "the more confident answers are not more often right: there is nothing to calibrate");
    }
    return new Calibration((float) scale, (float) shift);
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
