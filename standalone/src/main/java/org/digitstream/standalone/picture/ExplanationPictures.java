package org.digitstream.standalone.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.standalone.explain.Explanation;
import org.digitstream.standalone.explain.Explanation.Output;
import org.digitstream.standalone.explain.Moment;

/** The pictures of a moment: what the network saw, and what it gave out. */
public final class ExplanationPictures {
  /** A digit that is nowhere as likely has no line. */
  private static final double LEAST_SHOWN = 0.05;

  /** With fewer outputs each is a dot: a line between two of them would say nothing. */
  private static final int FEW_OUTPUTS = 12;

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 440;

  /** Ten that can be told apart, also by brightness (Okabe and Ito, and two more). */
  private static final List<Color> DIGITS =
      List.of(
          new Color(0x000000),
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x7B3FA0),
          new Color(0x8C564B),
          new Color(0xA00000));

  private static final Color HEARD = new Color(0xD9F0E6);
  private static final Color KEPT_BACK = new Color(0xF0F0F0);

  private ExplanationPictures() {}

  /**
   * The pictures by the name of the file that each goes into.
   *
   * @param name what the stream is of, for the titles
   */
  public static Map<String, BufferedImage> of(String name, Explanation explanation) {
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    pictures.put("mel.png", mel(name, explanation));
    pictures.put("probabilities.png", probabilities(name, explanation));
    return pictures;
  }

  private static BufferedImage mel(String name, Explanation explanation) {
    Moment moment = explanation.moment();
    List<MelPicture.Word> words = new ArrayList<>();
    // One that overlaps a word that was heard would be written over it; the other picture has it.
    explanation.keptBack().stream()
        .filter(guess -> explanation.heard().stream().noneMatch(word -> overlap(guess, word)))
        .forEach(digit -> words.add(word(moment, digit, true)));
    explanation.heard().forEach(digit -> words.add(word(moment, digit, false)));
    double firstSeconds =
        moment.seconds(explanation.spec().firstSampleOfFrame(explanation.firstFrame()));
    return MelPicture.draw(
        name + " (" + explanation.spec().id() + ")",
        explanation.spec(),
        explanation.frames(),
        new MelPicture.Place(firstSeconds, moment.seconds(moment.atSample()), words));
  }

  private static boolean overlap(Detection one, Detection other) {
    return one.startSample() < other.endSample() && other.startSample() < one.endSample();
  }

  private static MelPicture.Word word(Moment moment, Detection digit, boolean faint) {
    return new MelPicture.Word(
        moment.seconds(digit.startSample()),
        moment.seconds(digit.endSample()),
        label(digit, faint),
        faint);
  }

  private static String label(Detection digit, boolean faint) {
    String text = String.format(Locale.ROOT, "%d %.0f %%", digit.digit(), 100 * digit.confidence());
    return faint ? "(" + text + ")" : text;
  }

  private static BufferedImage probabilities(String name, Explanation explanation) {
    Moment moment = explanation.moment();
    double from = moment.seconds(moment.fromSample());
    double to = moment.seconds(moment.toSample());
    double step = MelPicture.step((to - from) / 12);
    double tick = step / 5;
    Chart chart =
        new Chart(
            name + ": probability of each digit, " + explanation.modelId(),
            new Chart.Axis(
                "seconds of the stream",
                Math.floor(from / tick + 1e-9) * tick,
                to,
                tick,
                value -> label(value, step)),
            // Above 1 is room for the names of the words.
            new Chart.Axis(
                "probability before calibration",
                0,
                1.15,
                0.2,
                value -> value > 1.01 ? "" : Math.round(100 * value) + " %"),
            WIDTH,
            HEIGHT);
    explanation.keptBack().forEach(digit -> box(chart, moment, digit, KEPT_BACK));
    explanation.heard().forEach(digit -> box(chart, moment, digit, HEARD));
    explanation.keptBack().forEach(digit -> name(chart, moment, digit, true));
    explanation.heard().forEach(digit -> name(chart, moment, digit, false));
    chart.text("threshold of the confidence", from, explanation.threshold(), 4, -4);
    chart.dashes(from, explanation.threshold(), to, explanation.threshold(), Color.GRAY);
    double at = moment.seconds(moment.atSample());
    chart.dashes(at, 0, at, 1.15, Color.BLACK);
    draw(chart, explanation);
    return chart.image();
  }

  private static String label(double seconds, double step) {
    double steps = seconds / step;
    boolean labelled = Math.abs(steps - Math.rint(steps)) < 0.01;
    return labelled ? String.format(Locale.ROOT, step < 0.1 ? "%.2f" : "%.1f", seconds) : "";
  }

  private static void box(Chart chart, Moment moment, Detection digit, Color colour) {
    chart.box(
        moment.seconds(digit.startSample()), 0, moment.seconds(digit.endSample()), 1.15, colour);
  }

  /** The name of a word; one that reaches over the edge of the picture is named within it. */
  private static void name(Chart chart, Moment moment, Detection digit, boolean faint) {
    double from = moment.seconds(moment.fromSample());
    double to = moment.seconds(moment.toSample());
    double start = Math.max(from, moment.seconds(digit.startSample()));
    chart.text(
        label(digit, faint), Math.min(start, to - 0.06 * (to - from)), 1.15, 4, faint ? 30 : 14);
  }

  private static void draw(Chart chart, Explanation explanation) {
    List<Output> outputs = explanation.outputs();
    Moment moment = explanation.moment();
    double[] seconds =
        outputs.stream().mapToDouble(output -> moment.seconds(output.sample())).toArray();
    for (int i = 0; i < DIGITS.size(); i++) {
      int digit = i;
      double[] values =
          outputs.stream().mapToDouble(output -> output.probabilities()[digit]).toArray();
      int peak = peak(values);
      if (peak < 0 || values[peak] < LEAST_SHOWN) {
        continue;
      }
      if (outputs.size() >= FEW_OUTPUTS) {
        chart.line(seconds, values, DIGITS.get(digit));
      } else {
        for (int at = 0; at < values.length; at++) {
          chart.dot(seconds[at], values[at], DIGITS.get(digit));
        }
      }
      for (int at = 0; at < values.length; at++) {
        if (isLabelled(values, at)) {
          chart.text(Integer.toString(digit), seconds[at], values[at], 5, 4);
        }
      }
    }
  }

  private static int peak(double[] values) {
    int peak = values.length - 1;
    for (int at = 0; at < values.length; at++) {
      peak = values[at] > values[peak] ? at : peak;
    }
    return peak;
  }

  /** Whether a value is the highest of its hill. */
  private static boolean isLabelled(double[] values, int at) {
    int reach = Math.max(2, values.length / 20);
    if (values[at] < LEAST_SHOWN) {
      return false;
    }
    for (int near = Math.max(0, at - reach);
        near <= Math.min(values.length - 1, at + reach);
        near++) {
      if (values[near] > values[at] || (values[near] == values[at] && near < at)) {
        return false;
      }
    }
    return true;
  }
}
