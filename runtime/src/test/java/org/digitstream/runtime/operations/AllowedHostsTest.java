package org.digitstream.runtime.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
  private final AllowedHosts hosts = AllowedHosts.of("127.0.0.1", Set.of("Digits.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST.",
        "127.0.0.1:1",
        "192.168.0.7",
        "[::1]:8080",
        "[fe80::1]",
        "digits.example:443"
      })
  void addressesAndKnownNamesAreAllowed(String host) {
    assertThat(hosts.allows(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "elsewhere.example",
        "localhost.elsewhere.example",
        "127.0.0.1.elsewhere.example",
        "1.2.3.4.5",
        "localhost:80:80",
        "[::1].elsewhere.example",
        "digits.example@elsewhere.example"
      })
  void namesOfOthersAreNot(String host) {
    assertThat(hosts.allows(host)).isFalse();
  }

  @Test
  void aRequestWithoutANameComesFromNoBrowser() {
    assertThat(hosts.allows(null)).isTrue();
  }

  @Test
  void loopbackIsToldFromAllElse() {
    assertThat(AllowedHosts.isLoopback("127.0.0.1")).isTrue();
    assertThat(AllowedHosts.isLoopback("::1")).isTrue();
    assertThat(AllowedHosts.isLoopback("localhost")).isTrue();
    assertThat(AllowedHosts.isLoopback("0.0.0.0")).isFalse();
    assertThat(AllowedHosts.isLoopback("::")).isFalse();
    assertThat(AllowedHosts.isLoopback("192.168.0.7")).isFalse();
    assertThatThrownBy(() -> AllowedHosts.isLoopback("no.such.host.invalid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no.such.host.invalid");
  }
}
