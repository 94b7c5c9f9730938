package org.digitstream.standalone.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.standalone.console.DigitLine;
import org.digitstream.standalone.explain.Explanation;
import org.digitstream.standalone.explain.Moment;

/** An explanation in a few lines. */
final class ExplanationText {
  private final Explanation explanation;
  private final Moment moment;

  private ExplanationText(Explanation explanation) {
    this.explanation = explanation;
    this.moment = explanation.moment();
  }

  /**
   * The lines.
   *
   * @param name what the stream is of
   */
  static List<String> of(String name, Explanation explanation) {
    return new ExplanationText(explanation).lines(name);
  }

  /** A place in the stream, such as {@code 0:01.20}. */
  private String time(long sample) {
    return DigitLine.time(moment.seconds(sample)).strip();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private List<String> lines(String name) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%s at %s (shown: %s to %s), model %s",
            name,
            time(moment.atSample()),
            time(moment.fromSample()),
            time(moment.toSample()),
            explanation.modelId()));
    Optional<Detection> heard = explanation.atMoment(explanation.heard());
    Optional<Detection> keptBack = explanation.atMoment(explanation.keptBack());
    lines.add("heard there   " + heard.map(this::whole).orElse("nothing"));
    keptBack.ifPresent(
        digit ->
            lines.add(
                "kept back     "
                    + whole(digit)
                    + ": below the threshold of "
                    + percent(explanation.threshold())));
    if (heard.isEmpty()) {
      lines.add("the network   " + strongest(keptBack.isPresent()));
    }
    others("around it     ", explanation.heard(), heard).ifPresent(lines::add);
    others("kept back too ", explanation.keptBack(), keptBack).ifPresent(lines::add);
    return lines;
  }

  private String whole(Detection digit) {
    return brief(digit)
        + " to "
        + time(digit.endSample())
        + "; runners-up "
        + digit.runnersUp().stream()
            .map(other -> other.digit() + " (" + percent(other.probability()) + ")")
            .collect(Collectors.joining(", "));
  }

  private String brief(Detection digit) {
    return digit.digit() + " (" + percent(digit.confidence()) + ") at " + time(digit.startSample());
  }

  private String strongest(boolean considered) {
    return explanation
        .strongest()
        .map(
            best ->
                "gave at most "
                    + percent(best.probability())
                    + " to a digit, "
                    + best.digit()
                    + " at "
                    + time(best.sample())
                    + (considered ? "" : "; the spotter considered none"))
        .orElse("was not asked: no word was found by its level");
  }

  private Optional<String> others(
      String title, List<Detection> digits, Optional<Detection> toldAlready) {
    List<Detection> others =
        digits.stream().filter(digit -> !toldAlready.equals(Optional.of(digit))).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(title + others.stream().map(this::brief).collect(Collectors.joining(", ")));
  }
}
