package org.digitstream.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.serde.RecordSerdes;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;

class KafkaAudioSinkTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockProducer<String, AudioChunk> producer = producer(true);

  @Test
  void recordsAreKeyedByStreamAndCarryNoTimestamp() {
    KafkaAudioSink sink = new KafkaAudioSink(producer, "here:9092", new Meters(registry, "ingest"));
    AudioChunk chunk = chunk(0, 320, GapReason.NONE, false);
    sink.accept(chunk);
    sink.flush();
    assertThat(producer.history())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.topic()).isEqualTo("audio-chunks");
              assertThat(sent.key()).isEqualTo("stream");
              assertThat(sent.value()).isSameAs(chunk);
              assertThat(sent.timestamp()).isNull();
              assertThat(sent.partition()).isNull();
            });
  }

  @Test
  void audioChunksAndGapsAreCounted() {
    KafkaAudioSink sink = new KafkaAudioSink(producer, "here:9092", new Meters(registry, "ingest"));
    sink.accept(chunk(0, 320, GapReason.NONE, false));
    sink.accept(chunk(16_320, 320, GapReason.OVERRUN, false));
    sink.accept(chunk(16_640, 0, GapReason.NONE, true));
    assertThat(registry.get("digitstream.chunks").counter().count()).isEqualTo(3);
    assertThat(registry.get("digitstream.audio").counter().count()).isEqualTo(0.04);
    assertThat(registry.get("digitstream.gaps").tag("reason", "overrun").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("digitstream.gap").tag("reason", "overrun").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aChunkThatWasNotDeliveredIsToldByTheNextCallAndEverAfter() {
    MockProducer<String, AudioChunk> manual = producer(false);
    KafkaAudioSink sink = new KafkaAudioSink(manual, "there:9092", new Meters(registry, "ingest"));
    sink.accept(chunk(0, 320, GapReason.NONE, false));
    manual.errorNext(new TimeoutException("expiring 1 record"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> sink.accept(chunk(320, 320, GapReason.NONE, false)))
          .isInstanceOf(AudioDeliveryException.class)
          .hasMessageContaining("there:9092")
          .hasMessageContaining("check that the broker runs");
    }
    assertThat(manual.history()).hasSize(1);
    assertThatThrownBy(sink::flush).isInstanceOf(AudioDeliveryException.class);
    assertThatCode(sink::close).doesNotThrowAnyException();
  }

  @Test
  void aFailureThatNobodySawIsToldAtTheEnd() {
    MockProducer<String, AudioChunk> manual = producer(false);
    KafkaAudioSink sink = new KafkaAudioSink(manual, "there:9092", new Meters(registry, "ingest"));
    sink.accept(chunk(0, 320, GapReason.NONE, true));
    manual.errorNext(new TimeoutException("expiring 1 record"));
    assertThatThrownBy(sink::close).isInstanceOf(AudioDeliveryException.class);
  }

  @Test
  void aBrokerThatIsNotThereIsToldByItsAddress() {
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "127.0.0.1:1",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            300);
    assertThatThrownBy(() -> new KafkaAudioSink(properties, new Meters(registry, "ingest")))
        .isInstanceOf(AudioDeliveryException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("check that the broker runs");
  }

  private static MockProducer<String, AudioChunk> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete,
        new RoundRobinPartitioner(),
        new StringSerializer(),
        RecordSerdes.audioChunks().serializer());
  }

  private static AudioChunk chunk(long first, int samples, GapReason gap, boolean end) {
    return new AudioChunk("stream", "name", first, 16_000, new short[samples], 5, gap, end);
  }
}
