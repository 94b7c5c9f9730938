package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.digitstream.inference.spotting.Detection;
import org.junit.jupiter.api.Test;

class StreamScoreTest {
  private static final int RATE = 1_000;

  private static Detection heard(int digit, long start, double confidence) {
    return new Detection(0, digit, start, start + 400, (float) confidence, List.of(), start + 550);
  }

  private static Transcript strings(String person, TimedDigit... said) {
    return new Transcript("strings", person, "s", 3 * RATE, List.of(said), List.of());
  }

  private static List<Transcript.OtherWord> words(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Transcript.OtherWord(1_000L * i, 1_000L * i + 500))
        .toList();
  }

  private static StreamReport report() {
    return new StreamReport(
        new StreamSheet(List.of(new StreamSheet.Part("m", 0.3f, RATE, "theo", HEARINGS))), 1);
  }

  private static final List<Hearing> HEARINGS =
      List.of(
          new Hearing(
              strings("a/x", new TimedDigit(7, 100, 500), new TimedDigit(7, 500, 900)),
              List.of(heard(7, 110, 0.9), heard(7, 520, 0.4))),
          new Hearing(strings("a/y", new TimedDigit(3, 100, 500)), List.of(heard(8, 100, 0.8))),
          new Hearing(
              new Transcript("words", "-", "w", 60 * RATE, List.of(), words(40)),
              List.of(heard(1, 100, 0.9), heard(2, 5_000, 0.2))));

  @Test
  void eachConditionAndPersonIsCounted() {
    List<StreamScore> scores = StreamScore.of(HEARINGS, 0.3f, RATE);

    assertThat(scores).extracting(StreamScore::condition).containsExactly("strings", "words");
    StreamScore strings = scores.get(0);
    assertThat(strings.digits().digits()).isEqualTo(3);
    assertThat(strings.digits().substitutions()).isEqualTo(1);
    assertThat(strings.digits().stringErrorRate()).isEqualTo(0.5);
    assertThat(strings.byPerson().get("a/x").digitErrorRate()).isZero();
    assertThat(strings.byPerson().get("a/y").digitErrorRate()).isEqualTo(1);
    assertThat(strings.latencyMillis()).containsExactly(160, 170);
    assertThat(strings.latencyMillis(50)).isEqualTo(160);
    assertThat(strings.latencyMillis(99)).isEqualTo(170);
    assertThat(scores.get(1).falseAlarms()).isEqualTo(1);
    assertThat(scores.get(1).falseAlarmsPerHour()).isEqualTo(60);
    assertThat(scores.get(1).otherWords()).isEqualTo(40);
  }

  @Test
  void whatIsLessSureThanTheThresholdDoesNotCount() {
    StreamScore strings = StreamScore.of(HEARINGS, 0.5f, RATE).get(0);
    assertThat(strings.digits().deletions()).isEqualTo(1);
    assertThat(StreamScore.of(HEARINGS, 0, RATE).get(1).falseAlarms()).isEqualTo(2);
  }

  @Test
  void whatIsHeardTwiceAtOnePlaceIsInsertedOnce() {
    List<Hearing> twice =
        List.of(
            new Hearing(
                strings("a/x", new TimedDigit(8, 100, 500)),
                List.of(heard(8, 100, 0.99), heard(8, 100, 0.52))));
    StreamScore score = StreamScore.of(twice, 0.3f, RATE).get(0);
    assertThat(score.digits().correct()).isEqualTo(1);
    assertThat(score.digits().insertions()).isEqualTo(1);
  }

  @Test
  void anOtherWordInWhichTwoDigitsAreHeardIsTakenOnce() {
    Transcript two = new Transcript("words", "-", "w", 60 * RATE, List.of(), words(2));
    List<Detection> heard = List.of(heard(1, -100, 0.9), heard(2, 150, 0.9));
    StreamScore once = StreamScore.of(List.of(new Hearing(two, heard)), 0, RATE).get(0);
    assertThat(once.falseAlarms()).isEqualTo(2);
    assertThat(once.otherWordsTaken()).isEqualTo(1);
    assertThat(once.otherWordsTakenShare()).isEqualTo(0.5);
    List<Detection> apart = List.of(heard(1, 100, 0.9), heard(2, 1_100, 0.9));
    StreamScore both = StreamScore.of(List.of(new Hearing(two, apart)), 0, RATE).get(0);
    assertThat(both.otherWordsTaken()).isEqualTo(2);
  }

  @Test
  void aRecognizerThatDoesNotSayWhenItWasSureHasNoLatency() {
    Detection late = new Detection(0, 7, 100, 500, 1, List.of(), Hearing.NOT_TOLD);
    Hearing hearing = new Hearing(strings("a/x", new TimedDigit(7, 100, 500)), List.of(late));
    StreamScore score = StreamScore.of(List.of(hearing), 0, RATE).get(0);
    assertThat(score.digits().correct()).isEqualTo(1);
    assertThat(score.latencyMillis()).isEmpty();
  }

  /** Garwood's limits: 3.69 for none, 5.57 for one. */
  @Test
  void howManyFalseAlarmsThereMayBeIsBounded() {
    List<StreamScore> scores = StreamScore.of(HEARINGS, 0.3f, RATE);
    assertThat(scores.get(1).falseAlarmsPerHourAtMost()).isCloseTo(60 * 5.572, within(0.1));
    assertThat(StreamScore.of(HEARINGS, 0.95f, RATE).get(1).falseAlarmsPerHourAtMost())
        .isCloseTo(60 * 3.689, within(0.1));
  }

  @Test
  void theReportTellsAllConditionsAndTheCurve() {
    StreamReport report = report();
    assertThat(report.text())
        .contains("strings", "words", "a/y 100.0 %", "threshold 0.30", "fold theo")
        .contains("bootstrap over strings, since there are fewer than 10 people: strings (2)");
    ObjectNode json = report.json(report.curve());
    assertThat(json.at("/conditions/0/intervals/drawn").asText()).isEqualTo("strings");
    assertThat(json.at("/conditions/0/intervals/digitErrorRate/0").asDouble()).isZero();
    assertThat(json.at("/conditions/0/intervals/digitErrorRate/1").asDouble()).isEqualTo(1);
    assertThat(json.at("/conditions/1/otherWordsTaken").asInt()).isEqualTo(1);
    assertThat(json.at("/conditions/0/digitErrorRate").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(json.at("/operatingCurve")).hasSize(101);
    assertThat(json.at("/operatingCurve/100/conditions/0/digitErrorRate").asDouble()).isEqualTo(1);
  }
}
