package org.digitstream.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
  private final MeterRegistry registry = Meters.prometheusRegistry();

  @Test
  void aClientsMetersCarryTheServiceAndGoWithTheirOwner() {
    Map<String, Object> properties = KafkaConnection.to("127.0.0.1:1").producer("digitstream-test");
    try (Producer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaMeters meters = KafkaMeters.of(producer, new Meters(registry, "ingest"))) {
      assertThat(registry.get("kafka.producer.record.send.total").meter().getId().getTags())
          .containsAll(Tags.of("service", "ingest", "client.id", "digitstream-test"));
      assertThat(registry.find("kafka.producer.batch.size.avg").meter()).isNull();
      meters.close();
      assertThat(registry.getMeters()).isEmpty();
    }
  }

  @Test
  void onlyKafkasMetersAreLeftOut() {
    assertThat(Counter.builder("kafka.producer.node.request.total").register(registry).getId())
        .isNotNull();
    assertThat(registry.find("kafka.producer.node.request.total").meter()).isNull();
    Counter.builder("kafkaesque").register(registry).increment();
    assertThat(registry.get("kafkaesque").counter().count()).isEqualTo(1);
  }

  @Test
  void aRestartMakesNoNewNames() {
    Meter.Id id =
        Counter.builder("kafka.stream.thread.process.total")
            .tags(
                "thread.id",
                "digitstream-features-7f7bbc8f-b2d4-4392-8030-85bb8845e103-StreamThread-1",
                "process.id",
                "7f7bbc8f-b2d4-4392-8030-85bb8845e103")
            .register(registry)
            .getId();
    assertThat(id.getTag("thread.id")).isEqualTo("digitstream-features-StreamThread-1");
    assertThat(id.getTag("process.id")).isEmpty();
  }
}
