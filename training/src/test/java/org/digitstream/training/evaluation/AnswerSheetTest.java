package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.Test;

class AnswerSheetTest {
  private static final Answer DIGIT = Answers.digit("fsdd/theo", 7, 7, 0.1f + 0.2f);
  private static final AnswerSheet ONE =
      sheet(
          "one",
          DIGIT,
          Answers.inNoise(DIGIT, -2.5, DigitAlignment.NONE, 0),
          Answers.otherWord("commands/a1", 3, 0.75),
          Answers.sentence("an4/fash", "12", ""),
          new Answer(
              "an4",
              "fash",
              "\"ü\".wav",
              Utterance.Kind.CUT_DIGIT,
              true,
              Answer.CLEAN,
              "1",
              "11",
              1,
              1f));
  private static final AnswerSheet OTHER = sheet("other", Answers.digit("fsdd/lucas", 1, 2, 0.5));

  @Test
  void whatIsWrittenIsReadAgainToTheBit() {
    assertThat(AnswerSheet.parse(ONE.lines().toList())).isEqualTo(ONE);
  }

  @Test
  void sheetsOneBehindTheOtherAreOneSheet() {
    AnswerSheet both = AnswerSheet.merge(List.of(ONE, OTHER));
    assertThat(AnswerSheet.parse(Stream.concat(ONE.lines(), OTHER.lines()).toList()))
        .isEqualTo(both);
    assertThat(both.answers()).hasSize(6);
    assertThat(both.parts()).extracting(AnswerSheet.Part::fold).containsExactly("one", "other");
  }

  @Test
  void aRecordingThatIsAnsweredTwiceIsNamed() {
    assertThatThrownBy(() -> AnswerSheet.merge(List.of(ONE, sheet("again", DIGIT))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fsdd/theo/" + DIGIT.recording());
  }

  @Test
  void linesThatAreNoneOfASheetAreQuoted() {
    String head = ONE.lines().findFirst().orElseThrow();
    assertThatThrownBy(() -> AnswerSheet.parse(List.of())).hasMessageContaining("no answers");
    assertThatThrownBy(() -> AnswerSheet.parse(List.of("once upon"))).hasMessageContaining("once");
    assertThatThrownBy(() -> AnswerSheet.parse(List.of("[1]"))).hasMessageContaining("[1]");
    assertThatThrownBy(() -> AnswerSheet.parse(List.of("{\"corpus\": \"a\"}")))
        .hasMessageContaining("model");
    assertThatThrownBy(() -> AnswerSheet.parse(List.of(head, "{\"corpus\": \"a\"}")))
        .hasMessageContaining("speaker");
    assertThatThrownBy(
            () ->
                AnswerSheet.parse(
                    ONE.lines().map(line -> line.replace("sentence\"", "song\"")).toList()))
        .hasMessageContaining("song");
  }

  private static AnswerSheet sheet(String fold, Answer... answers) {
    return new AnswerSheet(
        List.of(new AnswerSheet.Part("model-" + fold, 0.45, false, fold, List.of(answers))));
  }
}
