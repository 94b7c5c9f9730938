package org.digitstream.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.digitstream.training.corpus.Utterance;

/**
 * An evaluation as JSON, for programs; its fields are described in {@code docs/evaluation.md}.
 * Shares are 0 to 1; a share of nothing is null.
 */
public final class EvaluationJson {
  private static final int FORMAT = 1;
  private static final int CURVE_STEPS = 100;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EvaluationJson() {}

  /** All that is known of the answers of a sheet, indented. */
  public static String of(AnswerSheet sheet) {
    Evaluation evaluation = new Evaluation(sheet.answers());
    ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT);
    ArrayNode parts = json.putArray("parts");
    for (AnswerSheet.Part part : sheet.parts()) {
      parts
          .addObject()
          .put("model", part.model())
          .put("threshold", part.threshold())
          .put("calibrated", part.calibrated())
          .put("fold", part.fold())
          .put("answers", part.answers().size());
    }
    put(json.putObject("digits"), Tally.of(evaluation.digits()));
    put(json.putObject("otherWords"), Tally.of(evaluation.otherWords()));
    put(json.putObject("officialTest"), evaluation.officialTest());
    ArrayNode corpora = json.putArray("byCorpus");
    evaluation.byCorpus().forEach(group -> putCorpus(corpora.addObject(), evaluation, group));
    ArrayNode speakers = json.putArray("bySpeaker");
    evaluation.bySpeaker().forEach(group -> put(head(speakers.addObject(), group), group.tally()));
    putOperatingPoint(json.putObject("operatingPoint"), evaluation);
    putCurve(json.putArray("operatingCurve"), evaluation.operatingCurve());
    putConfusion(json.putArray("confusion"), evaluation.confusion());
    put(json.putObject("reliability"), evaluation.reliability());
    put(json.putObject("reliabilityWithOtherWords"), evaluation.reliabilityWithOtherWords());
    ArrayNode noise = json.putArray("noise");
    evaluation
        .noise()
        .forEach((level, tally) -> put(number(noise.addObject(), "noiseDb", level), tally));
    ArrayNode sentences = json.putArray("sentences");
    evaluation.sentences().forEach((corpus, score) -> put(sentences.addObject(), corpus, score));
    ArrayNode strings = json.putArray("digitStrings");
    evaluation.digitStrings().forEach((corpus, score) -> put(strings.addObject(), corpus, score));
    return json.toPrettyString();
  }

  private static ObjectNode head(ObjectNode json, Evaluation.Group group) {
    return json.put("corpus", group.corpus())
        .put("speaker", group.speaker())
        .put("kind", group.kind().name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode put(ObjectNode json, Tally tally) {
    json.put("recordings", tally.recordings())
        .put("right", tally.right())
        .put("rightAtThreshold", tally.rightAtThreshold())
        .put("heardAnything", tally.heardAnything());
    number(json, "rightShare", tally.rightShare());
    number(json, "rightAtThresholdShare", tally.rightAtThresholdShare());
    return number(json, "heardAnythingShare", tally.heardAnythingShare());
  }

  private static void putCorpus(ObjectNode json, Evaluation evaluation, Evaluation.Group group) {
    put(head(json, group), group.tally());
    List<Evaluation.Group> speakers = evaluation.speakers(group.corpus(), group.kind());
    json.put("speakers", speakers.size());
    if (group.kind() != Utterance.Kind.OTHER_WORDS) {
      number(json, "meanOfSpeakers", evaluation.meanOfSpeakers(group.corpus(), group.kind()));
      evaluation
          .worst(group.corpus(), group.kind())
          .ifPresent(
              worst ->
                  number(
                      json.putObject("worstSpeaker")
                          .put("speaker", worst.speaker())
                          .put("recordings", worst.tally().recordings()),
                      "rightShare",
                      worst.tally().rightShare()));
    }
  }

  private static void putOperatingPoint(ObjectNode json, Evaluation evaluation) {
    OperatingCurve curve = evaluation.operatingCurve();
    OperatingCurve balanced = evaluation.balancedOperatingCurve();
    OptionalDouble threshold = curve.thresholdFinding(Evaluation.FOUND_SHARE);
    json.put("foundShare", Evaluation.FOUND_SHARE).put("reachable", threshold.isPresent());
    number(json, "foundAtThresholdZero", curve.found(0));
    threshold.ifPresent(
        at -> {
          json.put("threshold", at);
          number(json, "found", curve.found(at));
          number(json, "taken", curve.taken(at));
          ArrayNode corpora = json.putArray("byCorpus");
          evaluation.answers().stream()
              .map(Answer::corpus)
              .distinct()
              .sorted()
              .forEach(
                  corpus -> {
                    OperatingCurve own = evaluation.operatingCurve(corpus);
                    ObjectNode row = corpora.addObject().put("corpus", corpus);
                    number(row, "found", own.found(at));
                    number(row, "taken", own.taken(at));
                  });
        });
    OptionalDouble even = balanced.thresholdFinding(Evaluation.FOUND_SHARE);
    ObjectNode other = json.putObject("balanced").put("reachable", even.isPresent());
    even.ifPresent(
        at -> {
          other.put("threshold", at);
          number(other, "found", balanced.found(at));
          number(other, "taken", balanced.taken(at));
        });
  }

  private static void putCurve(ArrayNode json, OperatingCurve curve) {
    for (int step = 0; step <= CURVE_STEPS; step++) {
      double threshold = (double) step / CURVE_STEPS;
      ObjectNode point = json.addObject().put("threshold", threshold);
      number(point, "found", curve.found(threshold));
      number(point, "taken", curve.taken(threshold));
    }
  }

  private static void putConfusion(ArrayNode json, ConfusionMatrix matrix) {
    for (int said = 0; said <= 9; said++) {
      ArrayNode row = json.addArray();
      for (int heard = 0; heard <= 9; heard++) {
        row.add(matrix.count(said, heard));
      }
      row.add(matrix.count(said, DigitAlignment.NONE));
    }
  }

  private static void put(ObjectNode json, Reliability reliability) {
    json.put("answers", reliability.answers());
    number(json, "expectedCalibrationError", reliability.expectedError());
    ArrayNode bins = json.putArray("bins");
    for (Reliability.Bin bin : reliability.bins()) {
      ObjectNode row =
          bins.addObject()
              .put("above", bin.above())
              .put("upTo", bin.upTo())
              .put("answers", bin.answers())
              .put("right", bin.right());
      number(row, "meanConfidence", bin.meanConfidence());
    }
  }

  private static void put(ObjectNode json, String corpus, DigitScore score) {
    json.put("corpus", corpus)
        .put("sentences", score.strings())
        .put("sentencesRight", score.strings() - score.stringErrors())
        .put("digits", score.digits())
        .put("substitutions", score.substitutions())
        .put("insertions", score.insertions())
        .put("deletions", score.deletions())
        .put("digitErrorRate", score.digitErrorRate());
  }

  /** JSON has no numbers that are not finite. */
  private static ObjectNode number(ObjectNode json, String field, double value) {
    return Double.isFinite(value) ? json.put(field, value) : json.putNull(field);
  }
}
