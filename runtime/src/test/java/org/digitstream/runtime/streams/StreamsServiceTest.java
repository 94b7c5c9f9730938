package org.digitstream.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.ProcessingGuarantee;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsServiceTest {
  /** Takes everything and gives nothing. */
  private static final class Sponge implements Processor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> record) {}
  }

  @TempDir Path folder;

  @Test
  void aServiceWithoutABrokerIsNotReadyAndSaysSo() {
    try (StreamsService service =
        new StreamsService(
            KafkaConnection.to("127.0.0.1:1"),
            options(ProcessingGuarantee.AT_LEAST_ONCE),
            RecordTopology.of(
                "audio-chunks", "log-mel-frames", Map.of(), Sponge::new, List.of("store")),
            new Meters(new SimpleMeterRegistry(), "test"))) {
      service.start();
      assertThatThrownBy(() -> service.awaitRunning(Duration.ofMillis(200)))
          .isInstanceOf(StreamsFailedException.class)
          .hasMessageContaining("test-app is not running");
      assertThat(service.readiness().current().get().up()).isFalse();
      assertThat(service.liveness().current().get().up()).isTrue();
      assertThat(service.failure()).isEmpty();
    }
  }

  @Test
  void kafkaAcceptsTheSettingsOfBothGuarantees() {
    for (ProcessingGuarantee guarantee : ProcessingGuarantee.values()) {
      Map<String, Object> properties =
          StreamsProperties.of(KafkaConnection.to("broker:9092"), options(guarantee));
      StreamsConfig config = new StreamsConfig(properties);
      assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
          .isEqualTo(guarantee.kafkaName());
      assertThat(config.getMainConsumerConfigs("g", "c", 0))
          .containsEntry("session.timeout.ms", 6_000);
      assertThat(config.getProducerConfigs("c")).containsEntry("linger.ms", 0);
    }
  }

  @Test
  void transactionsAreShortAndTheirRequestsGoOneByOne() {
    assertThat(
            StreamsProperties.of(
                KafkaConnection.to("broker:9092"), options(ProcessingGuarantee.EXACTLY_ONCE)))
        .containsEntry("commit.interval.ms", 10L)
        .containsEntry("producer.transaction.timeout.ms", 5_000)
        .containsEntry("producer.max.in.flight.requests.per.connection", 1);
  }

  @Test
  void whatTheUserGaveWins() {
    KafkaConnection connection =
        KafkaConnection.to(
            "broker:9092",
            Map.of("commit.interval.ms", "77", "consumer.session.timeout.ms", "9000"));
    assertThat(StreamsProperties.of(connection, options(ProcessingGuarantee.EXACTLY_ONCE)))
        .containsEntry("commit.interval.ms", "77")
        .containsEntry("consumer.session.timeout.ms", "9000");
  }

  @Test
  void optionsOutOfTheirBoundsAreQuoted() {
    assertThatThrownBy(() -> new StreamsOptions("a b", ProcessingGuarantee.EXACTLY_ONCE, 1, folder))
        .hasMessageContaining("'a b'");
    assertThatThrownBy(() -> new StreamsOptions("a", ProcessingGuarantee.EXACTLY_ONCE, 0, folder))
        .hasMessageContaining("threads 0 is not within 1..64");
  }

  @Test
  void aStreamIsIdleOnceNothingHasComeForTheWholeTime() {
    IdleStreams idle = new IdleStreams(Duration.ofSeconds(10));
    idle.seen("a", 0);
    idle.seen("b", 5_000);
    assertThat(idle.takeIdle(ids("a", "b"), 9_999)).isEmpty();
    assertThat(idle.takeIdle(ids("a", "b"), 10_000)).containsExactly("a");
    assertThat(idle.takeIdle(ids("b"), 15_000)).containsExactly("b");
  }

  @Test
  void aStreamThatWasThereBeforeARestartCountsFromWhenItIsFirstAskedAbout() {
    IdleStreams idle = new IdleStreams(Duration.ofSeconds(10));
    assertThat(idle.takeIdle(ids("old"), 1_000_000)).isEmpty();
    assertThat(idle.takeIdle(ids("old"), 1_009_999)).isEmpty();
    assertThat(idle.takeIdle(ids("old"), 1_010_000)).containsExactly("old");
  }

  private static Iterator<String> ids(String... ids) {
    return Set.of(ids).iterator();
  }

  private StreamsOptions options(ProcessingGuarantee guarantee) {
    return new StreamsOptions("test-app", guarantee, 1, folder);
  }
}
