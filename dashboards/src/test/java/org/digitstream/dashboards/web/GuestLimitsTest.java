package org.digitstream.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rates, places and lengths, by a clock that is set by hand. */
class GuestLimitsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private void pass(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }

  @Test
  void aBucketFillsEvenlyAndNoFurtherThanItsSize() {
    RequestRate rate = new RequestRate(60, nanos::get);
    for (int i = 0; i < 60; i++) {
      assertThat(rate.admits("a")).isTrue();
    }
    assertThat(rate.admits("a")).isFalse();
    assertThat(rate.admits("b")).isTrue();
    pass(2.5);
    assertThat(List.of(rate.admits("a"), rate.admits("a"), rate.admits("a")))
        .containsExactly(true, true, false);
    pass(10_000);
    for (int i = 0; i < 60; i++) {
      assertThat(rate.admits("a")).isTrue();
    }
    assertThat(rate.admits("a")).isFalse();
  }

  @Test
  void aPlaceIsFreeAgainWhenItIsGivenBackOrItsTimeIsOver() {
    ClientPlaces places = new ClientPlaces(2, nanos::get);
    ClientPlaces.Place first = places.take("a").orElseThrow();
    places.take("a").orElseThrow().releaseAfter(5);
    assertThat(places.take("a")).isEmpty();
    assertThat(places.take("b")).isPresent();
    first.release();
    first.release();
    assertThat(places.take("a")).isPresent();
    assertThat(places.take("a")).isEmpty();
    pass(5.1);
    assertThat(places.take("a")).isPresent();
    assertThat(places.take("a")).isEmpty();
  }

  @Test
  void aHouseholdIsOneClientHoweverManyAddressesItHas() {
    assertThat(ClientAddress.of("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(ClientAddress.of("2001:db8:1:2:ffff::1"))
        .isNotEqualTo(ClientAddress.of("2001:db8:1:3::1"));
    assertThat(ClientAddress.of("10.0.0.1")).isNotEqualTo(ClientAddress.of("10.0.0.2"));
  }

  @Test
  void aMicrophoneIsNeitherAheadOfTheTimeNorOnForEver() throws Exception {
    MicrophoneSocket microphone = microphone();
    byte[] second = new byte[16_000];
    for (int i = 0; i < 60; i++) {
      microphone.accept(second, 0, second.length);
    }
    assertThatThrownBy(() -> microphone.accept(second, 0, second.length))
        .hasMessageContaining("before they can have been spoken");

    MicrophoneSocket patient = microphone();
    for (int i = 0; i < 100; i++) {
      pass(1);
      patient.accept(second, 0, second.length);
    }
    pass(1);
    assertThatThrownBy(() -> patient.accept(second, 0, second.length))
        .hasMessageContaining("100 s");
    assertThatCode(patient::end).doesNotThrowAnyException();
  }

  private MicrophoneSocket microphone() throws Exception {
    return MicrophoneSocket.open(
        new AudioIntake() {
          @Override
          public List<Recording> recordings() {
            return List.of();
          }

          @Override
          public Replay replay(String recording) {
            throw new AssertionError();
          }

          @Override
          public Replay replay(String name, byte[] wav) {
            throw new AssertionError();
          }

          @Override
          public Session open(String name, int sampleRateHz, Consumer<String> notes) {
            return new Session() {
              @Override
              public String stream() {
                return "m";
              }

              @Override
              public void accept(short[] samples) {}

              @Override
              public void end() {}
            };
          }
        },
        "8000",
        "ear",
        Duration.ofSeconds(100),
        nanos::get,
        note -> {});
  }
}
