package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.digitstream.inference.spotting.Detection;
import org.junit.jupiter.api.Test;

class StreamSheetTest {
  private static final int RATE = 1_000;

  private static Hearing string(String person, String name, Detection... heard) {
    return new Hearing(
        new Transcript(
            "strings", person, name, 3 * RATE, List.of(new TimedDigit(7, 100, 500)), List.of()),
        List.of(heard));
  }

  private static Hearing words(String name, int words, Detection... heard) {
    return new Hearing(
        new Transcript(
            "other words",
            "-",
            name,
            100 * RATE,
            List.of(),
            Stream.iterate(0, i -> i + 1)
                .limit(words)
                .map(i -> new Transcript.OtherWord(1_000L * i, 1_000L * i + 500))
                .toList()),
        List.of(heard));
  }

  private static Detection heard(int digit, long start, double confidence) {
    return new Detection(0, digit, start, start + 400, (float) confidence, List.of(), start + 550);
  }

  private static StreamSheet sheet(String fold, Hearing... hearings) {
    return new StreamSheet(
        List.of(new StreamSheet.Part("m-" + fold, 0.5f, RATE, fold, List.of(hearings))));
  }

  /** Right at most thresholds; one other word of ten is taken up to a confidence. */
  private static StreamSheet fold(String fold, double rightAt, double takenAt) {
    return sheet(
        fold,
        string("a/" + fold, "s", heard(7, 100, rightAt)),
        words(fold, 10, heard(1, 0, takenAt)));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    StreamSheet sheet =
        sheet(
            "theo",
            string("a/x", "s", heard(7, 100, 0.875), heard(3, 700, 0.25)),
            words("w", 2, new Detection(0, 1, 0, 400, 0.5f, List.of(), Hearing.NOT_TOLD)));
    List<String> lines = sheet.lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .contains("\"confidence\":0.875,\"neededSample\":650,\"right\":true")
        .contains("\"confidence\":0.25,\"neededSample\":1250,\"right\":false");
    assertThat(lines.get(2)).doesNotContain("neededSample");
    StreamSheet read = StreamSheet.parse(lines);
    assertThat(read.lines()).isEqualTo(lines);
    assertThat(new StreamReport(read, 1).text()).isEqualTo(new StreamReport(sheet, 1).text());
  }

  @Test
  void whatIsNoSheetIsQuoted() {
    String head = sheet("theo").lines().findFirst().orElseThrow();
    assertThatThrownBy(() -> StreamSheet.parse(List.of("{}")))
        .hasMessageContaining("'{}'")
        .hasMessageContaining("no line before it on the model");
    assertThatThrownBy(() -> StreamSheet.parse(List.of(head, "{\"said\": []}")))
        .hasMessageContaining("'{\"said\": []}'")
        .hasMessageContaining("no field otherWords");
    assertThatThrownBy(() -> StreamSheet.parse(List.of(head, "seven")))
        .hasMessageContaining("'seven' is no JSON");
    assertThatThrownBy(() -> StreamSheet.parse(List.of())).hasMessageContaining("nothing");
  }

  @Test
  void everyPersonAndEveryPassageIsMergedOnce() {
    StreamSheet one = fold("theo", 0.9, 0.2);
    assertThat(StreamSheet.merge(List.of(one, fold("lucas", 0.9, 0.2))).hearings()).hasSize(4);
    assertThatThrownBy(() -> StreamSheet.merge(List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strings: a/theo/s is heard twice");
    assertThatThrownBy(
            () -> StreamSheet.merge(List.of(one, sheet("lucas", string("a/theo", "other")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a/theo is in two of the parts");
  }

  @Test
  void aFoldsThresholdIsChosenByTheOthersAlone() {
    // Its own answers would ask for less than 0.3; the others are right up to 0.6 and 0.8.
    StreamSheet sheet =
        StreamSheet.merge(
            List.of(fold("theo", 0.3, 0.1), fold("lucas", 0.6, 0.5), fold("jackson", 0.8, 0.4)));
    List<ThresholdChoice> choices = ThresholdChoice.of(sheet, 0.03);
    assertThat(choices)
        .extracting(ThresholdChoice::fold)
        .containsExactly("theo", "lucas", "jackson");
    // theo: more than 0.5, for no word to be taken, and at most 0.6, for all to be right.
    assertThat(choices.get(0).threshold()).isEqualTo(0.6f);
    assertThat(choices.get(0).digitErrorRateOfOthers()).isZero();
    // lucas: theo's digit is lost at more than 0.3, jackson's word is taken up to 0.4.
    assertThat(choices.get(1).threshold()).isEqualTo(0.8f);
    assertThat(choices.get(1).digitErrorRateOfOthers()).isEqualTo(0.5);

    StreamReport report = StreamReport.choosingThresholds(sheet, 0.03, 1);
    assertThat(report.sheet().parts().get(0).threshold()).isEqualTo(0.6f);
    // At thresholds of 0.6, 0.8 and 0.6, theo's and lucas' digits are missed.
    assertThat(report.json(List.of()).at("/conditions/0/deletions").asInt()).isEqualTo(2);
    assertThat(report.text()).contains("threshold 0.60 for fold theo: of the others' digits");
  }

  @Test
  void aChoiceHoldsTheLimitOfOtherWords() {
    StreamSheet sheet = StreamSheet.merge(List.of(fold("theo", 0.9, 0.2), fold("lucas", 0.6, 0.7)));
    assertThat(ThresholdChoice.of(sheet, 0.03).get(0).threshold()).isGreaterThan(0.7f);
    assertThat(ThresholdChoice.of(sheet, 0.1).get(0).threshold()).isEqualTo(0.6f);
    assertThatThrownBy(
            () ->
                ThresholdChoice.of(
                    StreamSheet.merge(List.of(fold("theo", 0.9, 0.2), fold("lucas", 0.6, 1))),
                    0.03))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take 10.0 % of the other words")
        .hasMessageContaining("3.0 %");
    assertThatThrownBy(() -> ThresholdChoice.of(fold("theo", 0.9, 0.2), 0.03))
        .hasMessageContaining("one part only");
  }
}
