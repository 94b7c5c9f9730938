package org.digitstream.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GaugesTest {
  private final Gauges gauges = new Gauges(10_000);

  @Test
  void whatCameIsToldForEachSecondSinceTheLastReading() {
    gauges.audio(1.5);
    gauges.audio(2.5);
    gauges.frames(400);
    gauges.digit(200L, 11_000);
    gauges.digit(null, 11_500);
    Gauges.Reading first = gauges.read(12_000, 3);

    assertThat(first.atMillis()).isEqualTo(12_000);
    assertThat(first.streams()).isEqualTo(3);
    assertThat(first.audioSecondsPerSecond()).isEqualTo(2);
    assertThat(first.framesPerSecond()).isEqualTo(200);
    assertThat(first.digitsPerSecond()).isEqualTo(1);

    gauges.frames(30);
    Gauges.Reading second = gauges.read(13_000, 0);
    assertThat(second.framesPerSecond()).isEqualTo(30);
    assertThat(second.audioSecondsPerSecond()).isZero();
    assertThat(second.digitsPerSecond()).isZero();
  }

  @Test
  void latencyIsThatOfTheLastMinute() {
    gauges.digit(900L, 20_000);
    for (long latency = 1; latency <= 100; latency++) {
      gauges.digit(latency, 50_000);
    }
    assertThat(gauges.read(80_000, 0).latencyMillis()).isEqualTo(new Quantiles(51, 96, 100));
    assertThat(gauges.read(80_001, 0).latencyMillis()).isEqualTo(new Quantiles(50, 95, 99));
    assertThat(gauges.read(110_001, 0).latencyMillis()).isNull();
  }

  @Test
  void howeverManyDigitsComeTheOldestLatenciesAreForgotten() {
    for (int i = 0; i < 10_000; i++) {
      gauges.digit(1_000L, 20_000);
    }
    for (int i = 0; i < 10_000; i++) {
      gauges.digit(5L, 20_000);
    }
    assertThat(gauges.read(21_000, 0).latencyMillis()).isEqualTo(new Quantiles(5, 5, 5));
  }

  @Test
  void gapsAreCountedFromTheBeginning() {
    gauges.gaps(1);
    gauges.read(11_000, 0);
    gauges.gaps(2);
    assertThat(gauges.read(12_000, 0).gaps()).isEqualTo(3);
  }

  @Test
  void aBrokerThatIsAwayTellsNothingNew() {
    List<Gauges.Lag> lag = List.of(new Gauges.Lag("features", 4));
    gauges.broker(true, lag, 2);
    gauges.broker(false, List.of(), 0);
    Gauges.Reading away = gauges.read(11_000, 0);
    assertThat(away.broker()).isFalse();
    assertThat(away.lag()).isEqualTo(lag);
    assertThat(away.deadLetters()).isEqualTo(2);

    gauges.broker(true, List.of(), 5);
    Gauges.Reading back = gauges.read(12_000, 0);
    assertThat(back.broker()).isTrue();
    assertThat(back.lag()).isEmpty();
    assertThat(back.deadLetters()).isEqualTo(5);
  }

  @Test
  void twoReadingsInTheSameMomentDivideByNoNothing() {
    gauges.read(10_000, 0);
    gauges.frames(1);
    assertThat(gauges.read(10_000, 0).framesPerSecond()).isFinite();
  }
}
