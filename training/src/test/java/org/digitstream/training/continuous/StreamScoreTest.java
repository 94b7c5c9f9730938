package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.digitstream.inference.spotting.Detection;
import org.junit.jupiter.api.Test;

class StreamScoreTest {
  private static final int RATE = 1_000;

  private static Detection heard(int digit, long start, double confidence) {
    return new Detection(0, digit, start, start + 400, (float) confidence, List.of(), start + 550);
  }

  private static Passage strings(String person, TimedDigit... said) {
    return new Passage("strings", person, "s", new short[3 * RATE], List.of(said), 0);
  }

  private static final List<Hearing> HEARINGS =
      List.of(
          new Hearing(
              strings("a/x", new TimedDigit(7, 100, 500), new TimedDigit(7, 500, 900)),
              List.of(heard(7, 110, 0.9), heard(7, 520, 0.4))),
          new Hearing(strings("a/y", new TimedDigit(3, 100, 500)), List.of(heard(8, 100, 0.8))),
          new Hearing(
              new Passage("words", "-", "w", new short[60 * RATE], List.of(), 40),
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
    StreamReport report = new StreamReport("m", 0.3f, RATE, HEARINGS);
    assertThat(report.text()).contains("strings", "words", "a/y 100.0 %", "threshold 0.30");
    ObjectNode json = report.json();
    assertThat(json.at("/conditions/0/digitErrorRate").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(json.at("/operatingCurve")).hasSize(21);
    assertThat(json.at("/operatingCurve/20/conditions/0/digitErrorRate").asDouble()).isEqualTo(1);
  }
}
