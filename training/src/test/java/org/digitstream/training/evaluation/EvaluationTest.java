package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.corpus.Utterance.Kind;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void aPerfectSheetScoresPerfect() throws JsonProcessingException {
    List<Answer> answers = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      answers.add(Answers.digit("fsdd/theo", digit, digit, 1));
      answers.add(Answers.otherWord("words/a", DigitAlignment.NONE, 0));
    }
    answers.add(Answers.sentence("an4/fash", "123", "123"));
    JsonNode json = json(answers);
    assertThat(json.at("/digits/rightShare").asDouble()).isEqualTo(1);
    assertThat(json.at("/digits/rightAtThresholdShare").asDouble()).isEqualTo(1);
    assertThat(json.at("/otherWords/heardAnythingShare").asDouble()).isZero();
    assertThat(json.at("/operatingPoint/threshold").asDouble()).isEqualTo(1);
    assertThat(json.at("/operatingPoint/taken").asDouble()).isZero();
    assertThat(json.at("/reliability/expectedCalibrationError").asDouble()).isZero();
    assertThat(json.at("/sentences/0/digitErrorRate").asDouble()).isZero();
    for (int digit = 0; digit < 10; digit++) {
      assertThat(json.at("/confusion/" + digit + "/" + digit).asInt()).isEqualTo(1);
    }
  }

  @Test
  void stringsOfDigitsAreScoredApartFromOtherSentences() throws JsonProcessingException {
    JsonNode json =
        json(
            List.of(
                Answers.digitString("an4/fash", "1123", "123"),
                Answers.digitString("an4/fash", "77", "77"),
                Answers.sentence("an4/fash", "6", "")));

    assertThat(json.at("/digitStrings/0/digitErrorRate").asDouble()).isEqualTo(1 / 6.0);
    assertThat(json.at("/digitStrings/0/deletions").asInt()).isEqualTo(1);
    assertThat(json.at("/digitStrings/0/sentencesRight").asInt()).isEqualTo(1);
    assertThat(json.at("/sentences/0/digitErrorRate").asDouble()).isEqualTo(1);
  }

  @Test
  void corporaHaveTheMeanOfTheirSpeakersAndTheWorst() {
    List<Answer> answers = new ArrayList<>();
    people(answers, "fsdd/theo", 10, 9);
    people(answers, "fsdd/lucas", 20, 10);
    // One recording says little of a person.
    people(answers, "fsdd/guest", 1, 0);
    Evaluation evaluation = new Evaluation(answers);
    assertThat(evaluation.byCorpus())
        .containsExactly(
            new Evaluation.Group("fsdd", "all", Kind.ISOLATED_DIGIT, new Tally(31, 19, 19, 31)));
    assertThat(evaluation.meanOfSpeakers("fsdd", Kind.ISOLATED_DIGIT))
        .isCloseTo((0.9 + 0.5 + 0) / 3, within(1e-12));
    assertThat(evaluation.worst("fsdd", Kind.ISOLATED_DIGIT).orElseThrow().speaker())
        .isEqualTo("lucas");
    assertThat(evaluation.worst("fsdd", Kind.CUT_DIGIT)).isEmpty();
  }

  @Test
  void whereNobodyHasManyRecordingsTheWorstOfAllIsNamed() {
    List<Answer> answers = new ArrayList<>();
    people(answers, "commands/a", 3, 2);
    people(answers, "commands/b", 3, 1);
    assertThat(
            new Evaluation(answers).worst("commands", Kind.ISOLATED_DIGIT).orElseThrow().speaker())
        .isEqualTo("b");
  }

  @Test
  void theConfusionMatrixHoldsCandidatesAndNone() {
    ConfusionMatrix matrix =
        new Evaluation(
                List.of(
                    Answers.digit("a/x", 3, 8, 0.1),
                    Answers.digit("a/x", 3, 8, 0.9),
                    Answers.digit("a/x", 3, DigitAlignment.NONE, 0),
                    Answers.otherWord("a/x", 3, 0.9)))
            .confusion();
    assertThat(matrix.count(3, 8)).isEqualTo(2);
    assertThat(matrix.count(3, DigitAlignment.NONE)).isEqualTo(1);
    assertThat(matrix.count(DigitAlignment.NONE, 3)).isZero();
  }

  @Test
  void levelsOfNoiseAreAboutTheSameRecordings() {
    Answer one = Answers.digit("a/x", 1, 1, 0.9);
    Answer two = Answers.digit("a/x", 2, 2, 0.9);
    Answer withoutNoise = Answers.digit("a/x", 3, 4, 0.9);
    Evaluation evaluation =
        new Evaluation(
            List.of(
                one,
                two,
                withoutNoise,
                Answers.inNoise(one, 0, 7, 0.4),
                Answers.inNoise(two, 0, 2, 0.4),
                Answers.inNoise(one, 20, 1, 0.8),
                Answers.inNoise(two, 20, 2, 0.8)));
    assertThat(evaluation.noise().keySet()).containsExactly(Answer.CLEAN, 20.0, 0.0);
    assertThat(evaluation.noise().get(Answer.CLEAN)).isEqualTo(new Tally(2, 2, 2, 2));
    assertThat(evaluation.noise().get(0.0)).isEqualTo(new Tally(2, 1, 0, 0));
    assertThat(evaluation.digits()).hasSize(3);
    assertThat(EvaluationText.of(evaluation)).contains("in noise", "20 dB", "0 dB");
  }

  @Test
  void aMergeOfPartsIsTheWhole() {
    List<Answer> answers = mixed();
    AnswerSheet whole = sheet("", answers);
    AnswerSheet parts =
        AnswerSheet.merge(
            List.of(sheet("", answers.subList(0, 40)), sheet("", answers.subList(40, 100))));
    assertThat(new Evaluation(parts.answers())).isEqualTo(new Evaluation(whole.answers()));
    assertThat(EvaluationText.of(new Evaluation(parts.answers())))
        .isEqualTo(EvaluationText.of(new Evaluation(whole.answers())));
  }

  @Test
  void theOrderOfTheAnswersDoesNotMatter() {
    List<Answer> shuffled = new ArrayList<>(mixed());
    String before = EvaluationText.of(new Evaluation(shuffled));
    Collections.shuffle(shuffled, new Random(5));
    assertThat(EvaluationText.of(new Evaluation(shuffled))).isEqualTo(before);
  }

  @Test
  void theOperatingPointThatCannotBeReachedSaysSo() throws JsonProcessingException {
    List<Answer> answers =
        List.of(
            Answers.digit("a/x", 1, 1, 0.9),
            Answers.digit("a/x", 1, 2, 0.9),
            Answers.otherWord("b/y", 1, 0.8));
    JsonNode json = json(answers);
    assertThat(json.at("/operatingPoint/reachable").asBoolean()).isFalse();
    assertThat(json.at("/operatingPoint/threshold").isMissingNode()).isTrue();
    assertThat(EvaluationText.of(new Evaluation(answers))).contains("even 0 finds 50.0 %");
  }

  @Test
  void nothingHasNoSharesRatherThanPerfectOnes() throws JsonProcessingException {
    JsonNode json = json(List.of(Answers.otherWord("a/x", 1, 0.8)));
    assertThat(json.at("/digits/rightShare").isNull()).isTrue();
    assertThat(json.at("/officialTest/recordings").asInt()).isZero();
    assertThat(json.at("/otherWords/heardAnythingShare").asDouble()).isEqualTo(1);
  }

  private static JsonNode json(List<Answer> answers) throws JsonProcessingException {
    return new ObjectMapper().readTree(EvaluationJson.of(sheet("", answers)));
  }

  private static AnswerSheet sheet(String fold, List<Answer> answers) {
    return new AnswerSheet(List.of(new AnswerSheet.Part("m-1", 0.5, false, fold, answers)));
  }

  private static void people(List<Answer> answers, String person, int recordings, int right) {
    for (int i = 0; i < recordings; i++) {
      answers.add(Answers.digit(person, 1, i < right ? 1 : 2, 0.9));
    }
  }

  private static List<Answer> mixed() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Utterance.Kind kind = i % 3 == 0 ? Kind.CUT_DIGIT : Kind.ISOLATED_DIGIT;
      answers.add(
          Answers.answer(
              "c" + i % 2 + "/p" + i % 5, kind, "" + i % 10, i % 7, (i * 37 % 50) / 50.0));
      answers.add(Answers.otherWord("w/p" + i % 4, i % 6 - 1, i % 6 == 0 ? 0 : i / 100.0));
    }
    return answers;
  }
}
