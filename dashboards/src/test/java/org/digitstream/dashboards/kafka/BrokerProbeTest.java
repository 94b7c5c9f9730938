package org.digitstream.dashboards.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.junit.jupiter.api.Test;

class BrokerProbeTest {
  private final Gauges gauges = new Gauges(0);
  private final Answer features = new Answer();
  private final Answer inference = new Answer();
  private final Answer deadLetters = new Answer();
  private final BrokerProbe probe = new BrokerProbe(lags(), deadLetters);

  /** What the broker would say. */
  private static final class Answer implements BrokerProbe.Question {
    private long number;
    private boolean away;
    private boolean closed;

    @Override
    public long ask() throws BrokerUnreachableException {
      if (away) {
        throw new BrokerUnreachableException("away", null);
      }
      return number;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Map<String, BrokerProbe.Question> lags() {
    Map<String, BrokerProbe.Question> lags = new LinkedHashMap<>();
    lags.put("features", features);
    lags.put("inference", inference);
    return lags;
  }

  private Gauges.Reading reading() throws InterruptedException {
    probe.ask(gauges);
    return gauges.read(1_000, 0);
  }

  @Test
  void lagIsToldInTheOrderOfTheServices() throws Exception {
    features.number = 3;
    inference.number = 5;
    Gauges.Reading reading = reading();
    assertThat(reading.broker()).isTrue();
    assertThat(reading.lag())
        .containsExactly(new Gauges.Lag("features", 3), new Gauges.Lag("inference", 5));
  }

  @Test
  void deadLettersCountFromTheFirstAnswer() throws Exception {
    deadLetters.number = 40;
    assertThat(reading().deadLetters()).isZero();
    deadLetters.number = 42;
    assertThat(reading().deadLetters()).isEqualTo(2);
  }

  @Test
  void theFirstAnswerMayComeLate() throws Exception {
    deadLetters.away = true;
    deadLetters.number = 40;
    assertThat(reading().broker()).isFalse();
    deadLetters.away = false;
    Gauges.Reading back = reading();
    assertThat(back.broker()).isTrue();
    assertThat(back.deadLetters()).isZero();
  }

  @Test
  void oneQuestionWithoutAnAnswerMeansThatTheBrokerIsAway() throws Exception {
    features.number = 3;
    reading();
    inference.away = true;
    features.number = 9;
    Gauges.Reading away = reading();
    assertThat(away.broker()).isFalse();
    assertThat(away.lag()).contains(new Gauges.Lag("features", 3));
  }

  @Test
  void itClosesWhatItAsks() {
    probe.close();
    assertThat(features.closed && inference.closed && deadLetters.closed).isTrue();
  }
}
