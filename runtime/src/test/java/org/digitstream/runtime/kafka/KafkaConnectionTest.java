package org.digitstream.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {
  @Test
  void anAbsentBrokerIsNamedWithWhatToDo() throws IOException {
    KafkaConnection connection = KafkaConnection.to("127.0.0.1:" + portWithNothingOnIt());
    assertThatThrownBy(() -> connection.checkReachable(Duration.ofMillis(600)))
        .isInstanceOf(BrokerUnreachableException.class)
        .hasMessageContaining(connection.bootstrapServers())
        .hasMessageContaining("--bootstrap-servers");
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    KafkaConnection connection = KafkaConnection.to("no-such-host.invalid:9092");
    assertThatThrownBy(() -> connection.checkReachable(Duration.ofMillis(300)))
        .isInstanceOf(BrokerUnreachableException.class)
        .hasMessageContaining("no-such-host.invalid:9092: the host name is not known");
  }

  @Test
  void aListenerThatIsNoBrokerIsToldApart() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      KafkaConnection connection = KafkaConnection.to("127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(() -> connection.checkReachable(Duration.ofSeconds(1)))
          .isInstanceOf(BrokerUnreachableException.class)
          .hasMessageContaining("something listens at " + connection.bootstrapServers());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "localhost:", "localhost:x", "a:1,", ":9092", "a:70000"})
  void anAddressThatIsNoneIsQuoted(String address) {
    assertThatThrownBy(() -> KafkaConnection.to(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + address + "'");
  }

  @Test
  void propertiesOfAFileReachTheClientsThatKnowThem(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("client.properties");
    Files.writeString(
        file,
        """
        security.protocol=SASL_SSL
        compression.type=lz4
        max.poll.records=7
        producer.linger.ms=3
        bootstrap.servers=elsewhere:1
        """);
    KafkaConnection connection = KafkaConnection.to("broker:9093", file);
    assertThat(connection.producer("p"))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("compression.type", "lz4")
        .containsEntry("bootstrap.servers", "broker:9093")
        .doesNotContainKey("max.poll.records");
    assertThat(connection.consumer("c"))
        .containsEntry("max.poll.records", "7")
        .containsEntry("isolation.level", "read_committed")
        .doesNotContainKey("compression.type");
    assertThat(connection.admin("a")).containsEntry("security.protocol", "SASL_SSL");
    assertThat(connection.streams("app"))
        .containsEntry("producer.linger.ms", "3")
        .containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void unknownPropertiesAreAllNamedTogether(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("client.properties");
    Files.writeString(file, "securty.protocol=SSL\nlinger.ms=1\nacs=all\n");
    assertThatThrownBy(() -> KafkaConnection.to("broker:9093", file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("acs, securty.protocol");
  }

  @Test
  void aFileThatIsMissingIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.properties");
    assertThatThrownBy(() -> KafkaConnection.to("broker:9093", file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void passwordsAreNotPrinted() {
    KafkaConnection connection =
        KafkaConnection.to("broker:9093", Map.of("ssl.key.password", "secret"));
    assertThat(connection).hasToString("broker:9093 with properties [ssl.key.password]");
  }

  private static int portWithNothingOnIt() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
